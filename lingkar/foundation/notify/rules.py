"""The states of a letter and the waits between tries. Pure."""

import re
from datetime import timedelta

from lingkar.foundation.refusals import Refused

STEPS: dict[str, frozenset[str]] = {
    "queued": frozenset({"sending", "dropped"}),
    "sending": frozenset({"sent", "queued", "failed", "uncertain", "dropped"}),
    "uncertain": frozenset({"queued", "dropped", "sent"}),
    "failed": frozenset({"queued", "dropped"}),
    "sent": frozenset(),
    "dropped": frozenset(),
}
"""From each state, where a letter may go. "sending" is committed before the first byte leaves.

A letter of which nobody can say whether it arrived is "uncertain": only a person queues it again. An uncertain letter
becomes "sent" when the sender that was taken for dead reports after all.
"""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
"""Between the tries of a letter that clearly did not arrive; after the last it is parked as "failed"."""


def check_step(before: str, after: str) -> None:
    """Refused when a letter in ``before`` cannot go to ``after``."""
    if after not in STEPS[before]:
        raise Refused("notify.not_in_this_state", state=before)


def wait_after(attempt: int) -> timedelta | None:
    """How long to wait after the ``attempt``-th try (from 1) failed; None when that was the last."""
    return WAITS[attempt - 1] if attempt <= len(WAITS) else None


ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def check_address(address: str) -> str:
    """An e-mail address that one mailbox can have, without spaces around it; anything else is refused."""
    plain = address.strip()
    if len(plain) > 254 or not ADDRESS.fullmatch(plain):
        raise Refused("notify.not_an_address")
    return plain


def check_path(url: str) -> str:
    """A link of a notification stays within this installation."""
    if not url.startswith("/") or url.startswith(("//", "/\\")):
        raise ValueError(f"a notification leads to a path of this installation, not to {url!r}")
    return url

"""What people typed: without what cannot be stored or seen, and whether the same page was written meanwhile. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from lingkar.foundation.refusals import Refused

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Control characters (the database takes no NUL) and invisible ones that break words or turn their direction around.

The joiners of emoji and the plain marks of right-to-left scripts stay.
"""
CHANGED = "changed_meanwhile"


def tidy(words: str) -> str:
    """What was typed without characters that cannot be stored or seen; plain line ends, composed letters (NFC)."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNSEEN.sub("", lines))


def trimmed(words: str) -> str:
    """The same, without the space around it."""
    return tidy(words).strip()


def fingerprint(*told: object) -> str:
    """A mark of what stands on a page: whoever saves its form has seen exactly this."""
    return sha256(repr(told).encode()).hexdigest()[:32]


def check_unchanged(seen: str, *, stands: Iterable[object], new: Iterable[object]) -> None:
    """``Refused("changed_meanwhile")`` when other words stand now than those that were ``seen`` (their fingerprint),
    and than the ``new`` ones: an older tab, or somebody else, does not replace them unread. "" asks nothing.
    """
    stands = tuple(stands)
    if seen and seen != fingerprint(*stands) and stands != tuple(new):
        raise Refused(CHANGED)

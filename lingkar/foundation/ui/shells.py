"""Pages that a phone keeps for the time without a network. They name nobody, and what they show lies on the phone.

A module registers one at start-up: an address of below ``beginning`` that cannot be reached is answered with the kept
page ``url_name``, and the static ``files`` that it needs.
"""

from dataclasses import dataclass

from django.templatetags.static import static
from django.urls import reverse


@dataclass(frozen=True)
class Shell:
    """One kept page: for which addresses, which route, which static files."""

    beginning: str
    url_name: str
    files: tuple[str, ...]

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    @property
    def assets(self) -> list[str]:
        return [static(name) for name in self.files]


_SHELLS: dict[str, Shell] = {}


def register_shell(beginning: str, url_name: str, *, files: tuple[str, ...]) -> None:
    """Let phones keep the page ``url_name`` and show it for addresses that begin with ``beginning``."""
    _SHELLS[beginning] = Shell(beginning, url_name, files)


def shells() -> list[Shell]:
    """Every kept page."""
    return [_SHELLS[key] for key in sorted(_SHELLS)]

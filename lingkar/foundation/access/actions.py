"""Actions, and the roles that carry them."""

from collections.abc import Iterable

_ROLES: dict[str, frozenset[str]] = {}
_WHOLE: set[str] = set()


def declare(action: str, *, roles: Iterable[str], whole: bool = False) -> None:
    """Say once, at start-up, which roles carry ``action``; with ``whole``, that the role must hold for all units.

    Who holds the role over one unit then has it nowhere: no page of it opens, no entry of it shows.
    """
    _ROLES[str(action)] = frozenset(str(role) for role in roles)
    if whole:
        _WHOLE.add(str(action))


def declared_actions() -> dict[str, frozenset[str]]:
    """Every action with its roles, for the wiring page and the tests of the house."""
    return dict(_ROLES)


def roles_for(action: str) -> frozenset[str]:
    """Roles that carry ``action``. An undeclared action is a fault of the code, not an empty answer."""
    return _ROLES[str(action)]


def is_whole(action: str) -> bool:
    """Whether ``action`` needs its role over the whole agency."""
    return str(action) in _WHOLE


def roles_with_second_factor() -> frozenset[str]:
    """Roles that must prove a second factor: every role that carries any action at all."""
    return frozenset().union(*_ROLES.values())

"""Actions, and the roles that carry them."""

from collections.abc import Iterable

_ROLES: dict[str, frozenset[str]] = {}
_WHOLE: set[str] = set()
_BY_ROWS: set[str] = set()


def declare(action: str, *, roles: Iterable[str], whole: bool = False) -> None:
    """Say once, at start-up, which roles carry ``action``; with ``whole``, that the role must hold for all units.

    Who holds the role over one unit then has it nowhere: no page of it opens, no entry of it shows.
    """
    _ROLES[str(action)] = frozenset(str(role) for role in roles)
    if whole:
        _WHOLE.add(str(action))


def declare_by_rows(action: str) -> None:
    """Say that no role carries ``action``: being named in a row does (the owner of a project, the mentor of a cohort).

    ``Actor.may`` is false for everybody; the policy of the module decides for each row.
    """
    declare(action, roles=())
    _BY_ROWS.add(str(action))


def is_by_rows(action: str) -> bool:
    """Whether rows, not roles, carry ``action``."""
    return str(action) in _BY_ROWS


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

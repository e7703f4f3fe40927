"""Where a unit stands in the tree. Pure: codes and paths are plain text."""

from lingkar.foundation.refusals import Refused

CLOSE = "."
"""Closes every code of a path, so that ``"camat."`` is no prefix of ``"camat-utara."``."""


def path_below(parent: str, code: str) -> str:
    """The path of the unit ``code`` under the path ``parent`` ("" for the top): ``"dukcapil." + "loket" + "."``."""
    if not code or CLOSE in code:
        raise Refused("orgs.code_unusable", unit=code)
    return f"{parent}{code}{CLOSE}"


def is_within(path: str, top: str) -> bool:
    """Whether ``path`` is ``top`` itself or lies below it. "" is the whole agency."""
    return path.startswith(top)


def check_move(path: str, new_parent: str) -> None:
    """A unit cannot stand below itself or below one of its own units: ``Refused("orgs.circle")``."""
    if is_within(new_parent, path):
        raise Refused("orgs.circle", path=path)


def moved(path: str, old_top: str, new_top: str) -> str:
    """The path of a unit within ``old_top`` after that top became ``new_top``."""
    return new_top + path.removeprefix(old_top)


def lineage(path: str) -> tuple[str, ...]:
    """Paths of a unit's ancestors and itself, from the top: ``("dukcapil.", "dukcapil.loket.")``."""
    codes = path.split(CLOSE)[:-1]
    return tuple(CLOSE.join(codes[: depth + 1]) + CLOSE for depth in range(len(codes)))

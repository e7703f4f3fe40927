"""Phrases that mean the same: each module ships those of its own subject."""

from collections.abc import Callable
from functools import lru_cache

from lingkar.foundation.search.rules import Groups, groups, joined

_LINES: dict[str, str] = {}


def register_synonyms(module: str, lines: str) -> None:
    """Ship synonyms with a module: one group on each line, phrases parted by commas."""
    _LINES[module] = lines.strip()
    _KNOWN.clear()


_KNOWN: list[Groups] = []


def shipped_lines() -> str:
    """Every shipped line, module by module."""
    return "\n".join(_LINES[module] for module in sorted(_LINES))


def shipped() -> Groups:
    """Every shipped group."""
    if not _KNOWN:
        _KNOWN.append(groups(shipped_lines()))
    return _KNOWN[0]


_OWN: list[Callable[[], Groups]] = []


def register_own(source: Callable[[], Groups]) -> None:
    """Ask ``source`` at each question for the groups of the agency in scope: they join the shipped ones."""
    _OWN.append(source)


def known() -> Groups:
    """The groups of the agency in scope, joined with the shipped ones."""
    own = tuple(group for source in _OWN for group in source())
    return _joined(own, shipped()) if own else shipped()


@lru_cache(maxsize=64)
def _joined(own: Groups, shipped: Groups) -> Groups:
    return joined(own, shipped)

"""Phrases that mean the same: each module ships those of its own subject."""

from lingkar.foundation.search.rules import Groups, groups

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

"""The dictionary that ships, read from ``dictionary.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("dictionary.toml")


@dataclass(frozen=True)
class Entry:
    """One competency as the file tells it: five levels, the lowest first."""

    code: str
    kind: str
    name: str
    meaning: str
    levels: tuple[str, ...]
    source: str
    order: int


@cache
def shipped() -> tuple[Entry, ...]:
    """The nine competencies, in the order of the regulation."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Entry(**row | {"levels": tuple(row["levels"])}, source=told["source"], order=order)
        for order, row in enumerate(told["competency"], start=1)
    )

"""Where a sample belongs: a city and a unit of it; and what is made there once."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import TypeVar

from tests.fixtures import City


class Whose(StrEnum):
    """Whose thing a route is asked for, seen by somebody of ``dukcapil`` in the city under test."""

    OWN = "own unit"
    OTHER = "other unit"
    LAIN = "other agency"
    SEALED = "own unit, sealed"


@dataclass(frozen=True)
class Where:
    """The city and the unit that a sample belongs to."""

    city: City
    unit: str
    sealed: bool = False


Sample = Callable[[Where], object]
Made = TypeVar("Made")


def once(make: Callable[[Where], Made]) -> Callable[[Where], Made]:
    """Made when first asked for, then kept with its city."""

    @wraps(make)
    def kept(where: Where) -> Made:
        key = f"{make.__name__} {where.unit} {where.sealed}"
        if key not in where.city.samples:
            where.city.samples[key] = make(where)
        made: Made = where.city.samples[key]
        return made

    return kept

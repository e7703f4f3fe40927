"""What parameters exist: each declared once by the module that reads it. No Django models here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise

from lingkar.foundation.parameters.rules import Limits, Value

T = TypeVar("T", bound=Value)


@dataclass(frozen=True)
class Spec(Generic[T]):
    """A parameter as its module declares it. ``doubt`` says what is not yet confirmed about the default."""

    key: str
    default: T
    limits: Limits
    unit: str | Promise
    label: str | Promise
    source: str
    valid_from: date
    doubt: str | Promise = ""

    def __hash__(self) -> int:
        return hash(self.key)  # its words are looked up in a catalogue

    @property
    def module(self) -> str:
        """The part of the key before the first dot: the module that declares and reads it."""
        return self.key.partition(".")[0]


_SPECS: dict[str, Spec[Any]] = {}


def spec(
    key: str,
    default: T,
    type: type[T],  # noqa: A002
    unit: str | Promise,
    label: str | Promise,
    source: str,
    valid_from: date,
    doubt: str | Promise = "",
    *,
    least: int | str | None = None,
    most: int | str | None = None,
    choices: tuple[str, ...] = (),
) -> Spec[T]:
    """Declare a parameter (``"reports.answer_days"``) with the value that ships.

    ``type`` is ``int``, ``Decimal``, ``bool``, ``str`` or ``tuple`` (a list of whole numbers). ``least`` and ``most``
    bound a number, or each number of a list (write a fraction as a string: ``"0.5"``); ``choices`` bounds a text. When
    a law changes, give the new default with its own ``valid_from``: the next ``migrate`` adds it, the old row stays.
    """
    declared = Spec(key, default, Limits.of(type, least, most, choices), unit, label, source, valid_from, doubt)
    declared.limits.check(default)
    if _SPECS.setdefault(key, declared) != declared:
        raise ValueError(f"parameter {key!r} is declared twice")
    return declared


def declared() -> dict[str, Spec[Any]]:
    """Every declared parameter by key."""
    return dict(_SPECS)


def spec_of(key: str) -> Spec[Any]:
    """The declaration of ``key``. An unknown key is a fault of the code: ``KeyError``."""
    return _SPECS[key]

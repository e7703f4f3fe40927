"""Read a value as somebody typed it, and hold it to its type and range. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self, TypeAlias

from lingkar.foundation.refusals import Refused

Value: TypeAlias = int | Decimal | bool | str | tuple[int, ...]

WHOLE = re.compile(r"-?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d{1,15})")
"""A whole number as Indonesians write it: "1250" or "1.250"."""
FRACTION = re.compile(rf"({WHOLE.pattern})(?:[,.](\d{{1,9}}))?")
YES, NO = "ya", "tidak"
WORDS_OF_TRUTH = {YES: True, "yes": True, "true": True, NO: False, "no": False, "false": False}
LONGEST_TEXT = 500
LONGEST_LIST = 40


@dataclass(frozen=True)
class Limits:
    """What a parameter may hold."""

    kind: type
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[str, ...] = ()

    @classmethod
    def of(cls, kind: type, least: int | str | None, most: int | str | None, choices: tuple[str, ...]) -> Self:
        """Limits from what a module wrote. Raises ``ValueError`` for a type that no parameter has."""
        if kind not in READERS:
            raise ValueError(f"a parameter is int, Decimal, bool, str or tuple, not {kind.__name__}")
        return cls(kind, _bound(least), _bound(most), choices)

    def check(self, value: Any) -> None:
        """Raise ``ValueError`` unless ``value`` has the right type and lies within the range."""
        try:
            accept(value, self)
        except Refused as no:
            raise ValueError(f"{value!r} is not allowed here: {no.code}") from no


def _bound(number: int | str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def read(text: str, limits: Limits) -> Value:
    """The value that somebody typed. Refused with the reason: wrong type, out of range, not among the choices."""
    value: Value = READERS[limits.kind](text.strip())
    return accept(value, limits)


def accept(value: Value, limits: Limits) -> Value:
    """``value`` itself when it keeps the limits."""
    if type(value) is not limits.kind:
        raise Refused("parameters.wrong_type")
    if isinstance(value, str):
        _accept_text(value, limits)
    for number in value if isinstance(value, tuple) else (value,):
        if isinstance(number, int | Decimal) and not isinstance(number, bool):
            _accept_number(number, limits)
    return value


def _accept_text(value: str, limits: Limits) -> None:
    if not value:
        raise Refused("parameters.empty")
    if len(value) > LONGEST_TEXT:
        raise Refused("parameters.too_long", most=LONGEST_TEXT)
    if limits.choices and value not in limits.choices:
        raise Refused("parameters.not_a_choice", choices=limits.choices)


def _accept_number(value: int | Decimal, limits: Limits) -> None:
    if limits.least is not None and value < limits.least:
        raise Refused("parameters.too_low", least=limits.least)
    if limits.most is not None and value > limits.most:
        raise Refused("parameters.too_high", most=limits.most)


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise Refused("parameters.not_whole")
    return int(text.replace(".", ""))


def _fraction(text: str) -> Decimal:
    """A number with a decimal comma; a single point is taken for one where it cannot part thousands ("0.5")."""
    found = FRACTION.fullmatch(text)
    if not found:
        raise Refused("parameters.not_a_number")
    whole, part = found.groups()
    return Decimal(f"{whole.replace('.', '')}.{part or 0}").normalize() + 0


def _truth(text: str) -> bool:
    try:
        return WORDS_OF_TRUTH[text.lower()]
    except KeyError:
        raise Refused("parameters.not_yes_or_no") from None


def _list(text: str) -> tuple[int, ...]:
    """Whole numbers between commas, semicolons or spaces: "30, 90, 180"."""
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not parts or len(parts) > LONGEST_LIST:
        raise Refused("parameters.not_a_list", most=LONGEST_LIST)
    return tuple(_whole(part) for part in parts)


READERS: dict[type, Any] = {int: _whole, Decimal: _fraction, bool: _truth, str: str, tuple: _list}


def to_stored(value: Value) -> Any:
    """The value as JSON holds it: a ``Decimal`` as its digits, so that nothing is rounded."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return list(value) if isinstance(value, tuple) else value


def from_stored(stored: Any, kind: type) -> Any:
    """The value again, in the type its module declared."""
    return kind(stored)


def check_date(valid_from: date, *, today: date) -> None:
    """A value begins today or later: what was in force before stays explained by the value it was decided with."""
    if valid_from < today:
        raise Refused("parameters.begins_in_the_past", today=today)


def check_source(source: str) -> None:
    """A number of law without its source cannot be defended to a citizen."""
    if not source.strip():
        raise Refused("parameters.source_missing")

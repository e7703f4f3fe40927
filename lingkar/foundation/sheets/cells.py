"""What a cell means: text, a long number, a name, a day, a place with a day. Each reader takes a cell as it was found.

A reader returns the value, or raises ``Refused("sheets.…", value=…)``: the row keeps what stood there and why it was
not understood. An empty cell is ``None`` for every reader.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.reading import Cell

Reader: TypeAlias = Callable[[Cell], Any]

SPACES = re.compile(r"[\s\u00a0\u200b-\u200d\u2060\ufeff\x00-\x1f\x7f]+")
QUOTES = "'\u2018\u2019`"
EXACT = 2**53
"""From here on a number in a spreadsheet has lost digits: Excel keeps fifteen."""
SCIENTIFIC = re.compile(r"^\d[.,]?\d*E[+]?\d+$", re.IGNORECASE)
LONGEST_SHOWN = 60


def shown(cell: Cell) -> str:
    """A cell as people read it, in one line; long words are cut."""
    words = _plain(cell)
    return words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…"


def text(cell: Cell) -> str | None:
    """Words in one line: odd spaces and invisible signs become one space, a whole number loses its ``.0``."""
    return _plain(cell) or None


def text_up_to(most: int) -> Reader:
    """As ``text``, refused when it is longer than ``most`` characters."""

    def read(cell: Cell) -> str | None:
        words = text(cell)
        if words is not None and len(words) > most:
            raise Refused("sheets.too_long", value=shown(words), most=most)
        return words

    return read


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        words = cell.strip() if cell.isprintable() and "  " not in cell else SPACES.sub(" ", cell).strip()
        return words.removeprefix("'")
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def digits(cell: Cell) -> str | None:
    """A long number such as a NIP, without spaces, dots and apostrophe. Anything but digits in it is kept for a rule.

    Refused when a spreadsheet took it for a quantity and dropped its last digits: they cannot be guessed.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if abs(cell) >= EXACT:
            raise Refused("sheets.digits_lost", value=_rough(cell))
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    words = SPACES.sub("", cell).strip(QUOTES).replace(".", "").replace("-", "") if isinstance(cell, str) else ""
    if not words:
        return text(cell)
    is_power = not words.isdecimal() and SCIENTIFIC.match(SPACES.sub("", str(cell)).strip(QUOTES))
    if is_power or (len(words) > 16 and words.endswith("000")):
        raise Refused("sheets.digits_lost", value=shown(cell))
    return words


def _rough(number: float) -> str:
    return f"{number:.5E}".replace(".", ",")


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agst agu ags agt aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
NUMBERS = re.compile(r"^(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4})$")
BIG_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?$")
WORDED = re.compile(r"^(\d{1,2})\s*[-/.\s]\s*([A-Za-z]+)\.?\s*[-/.,\s]\s*(\d{4})$")
SHORT_YEAR = re.compile(r"^\d{1,2}\s*[-/.]\s*(\d{1,2}|[A-Za-z]{3,})\s*[-/.]\s*\d{2}$")
FIRST_SERIAL, LAST_SERIAL = 1000, 73_050
"""Days that Excel counts from 1900: 1902 to 2099."""
EXCEL_ZERO = date(1899, 12, 30)


def day(cell: Cell) -> date | None:
    """A day: a date of Excel, its bare number, ``12-08-1998``, ``12/08/1998`` (day first), ``12 Agustus 1998``."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or cell is None:
        return cell
    if isinstance(cell, int | float):
        return _of_serial(cell)
    words = _plain(cell)
    return _of_words(words) if words else None


def _of_serial(cell: float) -> date:
    if isinstance(cell, bool) or not FIRST_SERIAL <= cell <= LAST_SERIAL:
        raise Refused("sheets.no_date", value=shown(cell))
    return EXCEL_ZERO + timedelta(days=int(cell))


@lru_cache(maxsize=20_000)
def _of_words(words: str) -> date:
    if SHORT_YEAR.match(words):
        raise Refused("sheets.short_year", value=shown(words))
    try:
        if match := NUMBERS.match(words):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := BIG_FIRST.match(words):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := WORDED.match(words):
            return date(int(match[3]), MONTHS[match[2].lower()], int(match[1]))
    except (ValueError, KeyError):
        pass
    raise Refused("sheets.no_date", value=shown(words))


def place_and_day(cell: Cell) -> tuple[str | None, date | None]:
    """Where and when: ``Tanjungpinang, 12 Agustus 1998``, ``Tanjungpinang / 12-08-1998``; a day alone has no place."""
    if not isinstance(cell, str):
        return None, day(cell)
    words = _plain(cell)
    if not words:
        return None, None
    for sign in (",", "/", ";", "-", " "):
        place, _, rest = words.partition(sign) if sign != " " else _before_digits(words)
        if rest and place and not place[0].isdigit():
            try:
                return place.strip(" ,/;-"), _of_words(rest.strip(" ,/;-"))
            except Refused:
                continue
    return None, _of_words(words)


def _before_digits(words: str) -> tuple[str, str, str]:
    match = re.search(r"\d", words)
    return (words[: match.start()], " ", words[match.start() :]) if match else (words, "", "")


def one_of(names: dict[str, Any], code: str = "sheets.not_one_of") -> Reader:
    """A choice by any of its ``names`` (as ``simple`` writes them). Something else is refused with ``code``."""
    table = {simple(name): value for name, value in names.items()}

    def read(cell: Cell) -> Any:
        words = _plain(cell)
        if not words:
            return None
        if (key := simple(words)) not in table:
            raise Refused(code, value=shown(words), known=", ".join(list(names)[:12]))
        return table[key]

    return read


THOUSANDS = re.compile(r"-?\d{1,3}([. ]\d{3})+")
"""Parted by threes: ``1.5`` is no fifteen."""


def whole(least: int = 0, most: int = 1_000_000_000) -> Reader:
    """A whole number between ``least`` and ``most``; dots and spaces between thousands are dropped."""

    def read(cell: Cell) -> int | None:
        words = _plain(cell)
        if not words:
            return None
        if not isinstance(cell, float) and THOUSANDS.fullmatch(words):
            words = words.replace(".", "").replace(" ", "")
        if not re.fullmatch(r"-?\d{1,12}", words) or not least <= int(words) <= most:
            raise Refused("sheets.no_number", value=shown(cell), least=least, most=most)
        return int(words)

    return read


@lru_cache(maxsize=20_000)
def simple(words: str) -> str:
    """Words for comparing: lower case letters and digits alone. ``N I P`` and ``nip`` are the same."""
    return "".join(sign for sign in words.casefold() if sign.isalnum())

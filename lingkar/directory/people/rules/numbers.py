"""What a NIP (PNS, CPNS) or NI PPPK says, and why a number is none. Pure.

NIP: ``YYYYMMDD`` birth, ``YYYYMM`` first month as CPNS, 1 man or 2 woman, serial of 3 digits.
NI PPPK: ``YYYYMMDD`` birth, ``YYYY`` of appointment, contract code of 2 digits (21, 22 …: no month), sex, serial. Its
layout follows practice; the regulation was not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lingkar.foundation.refusals import Refused

LENGTH = 18
LEGACY = 9
NIK = 16
MONTHS = range(1, 13)
SEXES = {"1": "male", "2": "female"}
SPACES = re.compile(r"[\s\u00a0\u2007\u202f.\-'’`]+")
POWER = re.compile(r"^\d[.,]?\d*E\+?\d+$", re.IGNORECASE)
BY_CONTRACT = ("pppk", "pppk_part_time")


@dataclass(frozen=True)
class Ages:
    """Ages, in full years, between which somebody is appointed."""

    youngest_pns: int
    youngest_pppk: int
    oldest: int

    def youngest(self, kind: str) -> int:
        return self.youngest_pppk if kind in BY_CONTRACT else self.youngest_pns


@dataclass(frozen=True)
class Told:
    """What a number tells about its holder. ``month`` is the first month of service, 0 where only the year is told."""

    birth: date | None
    year: int
    month: int
    contract: str
    sex: str
    serial: str

    @property
    def since(self) -> date | None:
        """The first day on which its holder can have served: of the month, or of the year."""
        try:
            return date(self.year, self.month or 1, 1)
        except ValueError:
            return None


def bare(typed: str) -> str:
    """The digits of a number as somebody typed it: without spaces, no-break spaces, dots, dashes and apostrophes."""
    return typed if typed.isdecimal() else SPACES.sub("", typed)


@lru_cache(maxsize=1000)
def told_by(number: str) -> Told:
    """What 18 digits tell; for a PPPK digits 13 and 14 are a contract code, because they are no month."""
    code = number[12:14]
    month = int(code) if int(code) in MONTHS else 0
    birth = _day(number[:8])
    return Told(birth, int(number[8:12]), month, "" if month else code, SEXES.get(number[14], ""), number[15:])


def reasons(number: str, *, kind: str, birth: date | None, sex: str, ages: Ages, today: date) -> tuple[Refused, ...]:
    """Why ``number`` is not the number of such a person: empty when it can be.

    ``number`` is bare; ``birth`` and ``sex`` are compared where they are given (None, "").
    """
    if kind == "external":
        return (Refused("people.nip_of_external"),) if number else ()
    if shape := _shape(number):
        return (shape,)
    told = told_by(number)
    return (*_parts(told, kind), *_compared(told, birth, sex), *_plausible(told, kind, ages, today))


def _shape(number: str) -> Refused | None:
    """The first thing that is wrong with how a number looks."""
    if not number:
        return Refused("people.nip_missing")
    if POWER.match(number) and not number.isdigit():
        return Refused("people.nip_digits_lost")
    if not (number.isdigit() and number.isascii()):
        return Refused("people.nip_not_digits")
    if len(number) == LEGACY:
        return Refused("people.nip_legacy")
    if len(number) == NIK and _looks_like_nik(number):
        return Refused("people.nip_is_nik")
    if len(number) != LENGTH:
        return Refused("people.nip_length", digits=len(number))
    return None


def _looks_like_nik(number: str) -> bool:
    """Digits 7–12 of a NIK are day (40 more for a woman), month and year of birth."""
    day, month = int(number[6:8]), int(number[8:10])
    return month in MONTHS and (1 <= day <= 31 or 41 <= day <= 71)


def _parts(told: Told, kind: str) -> Iterator[Refused]:
    if told.birth is None:
        yield Refused("people.nip_birth")
    if kind in BY_CONTRACT and told.month:
        yield Refused("people.nip_of_pns")
    if kind not in BY_CONTRACT and told.contract:
        looks = told.contract >= "21" and told.since is not None
        yield Refused("people.nip_of_pppk" if looks else "people.nip_month", month=told.contract)
    if not told.sex:
        yield Refused("people.nip_sex")
    if told.serial == "000":
        yield Refused("people.nip_serial")


def _compared(told: Told, birth: date | None, sex: str) -> Iterator[Refused]:
    if birth and told.birth and birth != told.birth:
        yield Refused("people.nip_birth_differs", told=told.birth, given=birth)
    if sex and told.sex and sex != told.sex:
        yield Refused("people.nip_sex_differs")


def _plausible(told: Told, kind: str, ages: Ages, today: date) -> Iterator[Refused]:
    if told.birth is None:
        return
    if told.since is None or told.year > today.year + 1:
        yield Refused("people.nip_year", year=told.year)
        return
    youngest = ages.youngest(kind)
    if _years(told.birth, told.year, told.month or 12) < youngest:
        yield Refused("people.nip_too_young", youngest=youngest)
    elif _years(told.birth, told.year, told.month or 1) > ages.oldest:
        yield Refused("people.nip_too_old", oldest=ages.oldest)


def _years(birth: date, year: int, month: int) -> int:
    return year - birth.year - (month < birth.month)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None

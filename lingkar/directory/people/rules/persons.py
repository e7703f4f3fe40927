"""What may be told about a person, and when somebody may work where. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from lingkar.directory.people.rules import golongan, numbers
from lingkar.foundation.refusals import Refused

ONE_DAY = timedelta(days=1)
Days = tuple[date, date | None]


@dataclass(frozen=True)
class PersonFacts:
    """What is told about somebody. ``nip`` is bare digits ("" for people from outside); "" and None: not told."""

    kind: str
    name: str
    nip: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    sex: str = ""
    golongan: str = ""
    education: str = ""
    email: str = ""
    phone: str = ""
    institution: str = ""


FIELDS = tuple(field.name for field in fields(PersonFacts))


def tidied(facts: PersonFacts) -> PersonFacts:
    """The same facts as they are stored: texts without needless spaces, the grade as the law writes it.

    Birth date and sex that were not given are taken from the number, which tells them.
    """
    number = numbers.bare(facts.nip)
    told = numbers.told_by(number) if len(number) == numbers.LENGTH and number.isdecimal() else None
    return PersonFacts(
        kind=facts.kind,
        name=_in_one_line(facts.name),
        nip=number,
        birth_place=_in_one_line(facts.birth_place),
        birth_date=facts.birth_date or (told.birth if told else None),
        sex=facts.sex or (told.sex if told else ""),
        golongan=golongan.normal(facts.golongan, facts.kind),
        education=_in_one_line(facts.education),
        email=facts.email.strip().lower(),
        phone=_in_one_line(facts.phone),
        institution=_in_one_line(facts.institution),
    )


def _in_one_line(words: str) -> str:
    return " ".join(words.split()) if words else words


def fingerprint(facts: PersonFacts) -> str:
    """A mark of everything that is told: who saves a form has seen exactly this."""
    return sha256(repr(facts).encode()).hexdigest()[:32]


LONGEST = {"name": 200, "birth_place": 100, "education": 150, "email": 254, "phone": 30, "institution": 200}
KINDS = ("pns", "cpns", "pppk", "pppk_part_time", "external")
AN_ADDRESS = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")
A_PHONE = re.compile(r"^\+?[0-9][0-9 ()./-]{5,}$")


def reasons(facts: PersonFacts, *, ages: numbers.Ages, today: date) -> tuple[Refused, ...]:
    """Everything that is wrong with what is told about a person; empty when it can be recorded."""
    number = numbers.reasons(facts.nip, kind=facts.kind, birth=facts.birth_date, sex=facts.sex, ages=ages, today=today)
    return (*_named(facts), *number, *_graded(facts), *_born(facts, today), *_reached(facts), *_fitting(facts))


def _named(facts: PersonFacts) -> Iterator[Refused]:
    if facts.kind not in KINDS:
        yield Refused("people.kind_unknown")
    if not facts.name[:1].isalpha() and not any(map(str.isalpha, facts.name)):
        yield Refused("people.name_missing")


def _reached(facts: PersonFacts) -> Iterator[Refused]:
    if facts.email and not AN_ADDRESS.match(facts.email):
        yield Refused("people.email_is_none")
    if facts.phone and not A_PHONE.match(facts.phone):
        yield Refused("people.phone_is_none")


def _fitting(facts: PersonFacts) -> Iterator[Refused]:
    for field, most in LONGEST.items():
        words = getattr(facts, field)
        if len(words) > most:
            yield Refused("people.too_long", field=field, most=most)
        if "\x00" in words:
            yield Refused("people.unreadable_sign", field=field)


def _graded(facts: PersonFacts) -> Iterator[Refused]:
    if facts.golongan and facts.golongan not in golongan.of_kind(facts.kind):
        yield Refused("people.golongan_of_other_kind", golongan=facts.golongan)


def _born(facts: PersonFacts, today: date) -> Iterator[Refused]:
    if facts.birth_date and facts.birth_date >= today:
        yield Refused("people.born_in_the_future", given=facts.birth_date)


def check_placement(
    new: Days, *, running: Iterable[Days], unit: Days, since: date | None, is_serving: bool, is_main: bool
) -> None:
    """Whether somebody may work in a unit in the days ``new``.

    ``running`` are the main placements of that time, ``unit`` the days of the unit, ``since`` the first day on which
    the person can have served (as the NIP tells it; None: unknown).
    """
    if new[1] is not None and new[1] < new[0]:
        raise Refused("people.ends_before_it_begins", valid_from=new[0])
    if not is_serving:
        raise Refused("people.not_serving")
    if since is not None and new[0] < since:
        raise Refused("people.before_service", since=since)
    _check_unit(new, unit)
    clash = next((other for other in running if is_main and overlap(new, other)), None)
    if clash:
        raise Refused("people.placed_then", other_from=clash[0])


def _check_unit(new: Days, unit: Days) -> None:
    """Nobody works in a unit before it began or after it ended."""
    if new[0] < unit[0]:
        raise Refused("people.unit_not_begun", unit_from=unit[0])
    if unit[1] is not None and (new[1] is None or new[1] > unit[1]):
        raise Refused("people.unit_ended", unit_to=unit[1])


def overlap(one: Days, other: Days) -> bool:
    """Whether two periods, both days included, share a day."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def check_position(*, unit: UUID, wanted: UUID | None, found: UUID | None) -> None:
    """A position stands in the unit in which somebody works; ``found`` is its unit, None for one that is not there."""
    if wanted is not None and found != unit:
        raise Refused("people.position_elsewhere")


def check_seat(until: date | None, *, ends: date | None) -> None:
    """Nobody sits in a position after its last day ``ends`` (None: it has none)."""
    if ends is not None and (until is None or until > ends):
        raise Refused("people.position_ended", position_to=ends)


def check_not_own_record(account: UUID | None, by: UUID | None) -> None:
    """Nobody changes what is recorded about themselves: they ask for a correction."""
    if account is not None and account == by:
        raise Refused("people.own_record")


def check_end(last_day: date, *, valid_from: date, valid_to: date | None) -> None:
    """A placement ends on a day on which it held."""
    if last_day < valid_from:
        raise Refused("people.ends_before_it_begins", valid_from=valid_from)
    if valid_to is not None and last_day > valid_to:
        raise Refused("people.placement_already_ends", valid_to=valid_to)


def check_status(*, on: date, today: date, since: date | None) -> None:
    """Somebody leaves, retires or dies at the latest today, and not before they served."""
    if on > today:
        raise Refused("people.status_in_the_future", today=today)
    if since is not None and on < since:
        raise Refused("people.before_service", since=since)


def check_leaves(*, status: str, nip: str | None) -> None:
    """Who is handed over to another agency left this one, and has a number that goes along."""
    if status != "left":
        raise Refused("people.not_left")
    if not nip:
        raise Refused("people.nothing_to_hand_over")


def check_not_moved(*, has_moved: bool) -> None:
    """The record of who moved to another agency is changed there; here it is history."""
    if has_moved:
        raise Refused("people.moved_away")


def first_day(nip: str) -> date | None:
    """The first day on which the holder of a number can have served; None where there is no number."""
    return numbers.told_by(nip).since if len(nip) == numbers.LENGTH and nip.isdecimal() else None

"""People with numbers, in positions."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from lingkar.directory.orgs.services import add_position
from lingkar.directory.people.models import Person
from lingkar.directory.people.services import PersonFacts, add_person

LONG_AGO = date(2021, 1, 1)


@pytest.fixture
def employ(kota, at) -> Callable[..., Person]:
    """``employ("Rini", kind="pns", post="executive")``: somebody with a NIP, in a position."""
    made: dict[str, Any] = {}
    serial = count(1)

    def employed(name="Rini Lestari", *, kind="pns", post="executive", level="", education="Sarjana", unit="pelayanan",
                 year=2015, account=None) -> Person:  # fmt: skip
        code = f"{unit}-{post}-{level}".strip("-").replace("_", "-")
        if code not in made:
            made[code] = add_position(
                unit=kota.units[unit].pk, code=code, title=post.title(), kind=post, level=level, seats=99,
                valid_from=LONG_AGO, by=kota.system, at=at,
            )  # fmt: skip
        middle = f"{year}21" if kind.startswith("pppk") else f"{year}03"
        nip = "" if kind == "external" else f"19900815{middle}2{next(serial):03}"
        facts = PersonFacts(kind=kind, name=name, nip=nip, education=education)
        since = max(LONG_AGO, date(year, 4, 1))
        given = {"unit": made[code].unit_id, "position": made[code].pk, "title": post.title(), "since": since}
        person = add_person(facts=facts, by=kota.system, at=at, **given)
        if account is not None:
            person.account = account
            person.save()
        return person

    return employed

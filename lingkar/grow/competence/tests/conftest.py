"""A dictionary, and people in positions with a standard."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from lingkar.directory.orgs.services import add_position
from lingkar.directory.people.models import Person
from lingkar.directory.people.services import PersonFacts, add_person
from lingkar.grow.competence.services import load_dictionary

LONG_AGO = date(2021, 1, 1)


@pytest.fixture
def words(kota, at) -> int:
    return load_dictionary(by=kota.system, at=at)


@pytest.fixture
def employ(kota, at) -> Callable[..., Person]:
    """``employ("Rini", unit="pelayanan")``: somebody in a position of the group ``kind``, ``level``."""
    made: dict[str, Any] = {}

    def employed(
        name: str, *, unit: str = "pelayanan", kind: str = "executive", level: str = "", account=None
    ) -> Person:
        code = f"{unit}-{kind}-{level}".rstrip("-").replace("_", "-")
        if code not in made:
            made[code] = add_position(
                unit=kota.units[unit].pk, code=code, title=f"{kind} {level}".title(), kind=kind, level=level, seats=99,
                valid_from=LONG_AGO, by=kota.system, at=at,
            )  # fmt: skip
        post = made[code]
        facts = PersonFacts(kind="external", name=name)
        given = {"unit": post.unit_id, "position": post.pk, "title": post.title, "since": LONG_AGO}
        person = add_person(facts=facts, by=kota.system, at=at, **given)
        if account is not None:
            person.account = account
            person.save()
        return person

    return employed

"""A unit or a position does not end while people of this module sit there."""

from datetime import date

import pytest

from lingkar.directory.orgs import services as orgs
from lingkar.directory.people import services
from lingkar.directory.people.models import Role
from lingkar.directory.people.services import PersonFacts
from lingkar.foundation.refusals import Refused
from tests.fixtures import LONG_AGO, NOW

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)
NAMES = ("Ani", "Budi", "Citra", "Dewi")


def sentences(city, unit="pelayanan", position=None):
    """Why it cannot end; [] when it does."""
    try:
        if position:
            orgs.end_position(position=position, last_day=LAST, by=city.system, at=NOW)
        else:
            orgs.end_unit(unit=city.units[unit].pk, last_day=LAST, by=city.system, at=NOW)
    except Refused as refused:
        return [str(answer.sentence) for answer in orgs.occupied(refused)]
    return []


def employ(city, name, **more):
    facts = PersonFacts(kind="external", name=name, institution="Universitas Kawung")
    unit = city.units["pelayanan"].pk
    return services.add_person(facts=facts, unit=unit, since=LONG_AGO, by=city.system, at=NOW, **more)


def test_who_works_there_is_named_first_and_then_counted(kota):
    for name in NAMES:
        person = employ(kota, name)
    assert sentences(kota) == [
        "Ani, Budi, Citra, dan 1 orang lain masih bekerja di sini. Pindahkan dulu ke unit atau jabatan lain."
    ]
    services.place(person=person.pk, unit=kota.units["pupr"].pk, since=LAST, by=kota.system, at=NOW)
    assert sentences(kota) == ["Ani, Budi, Citra masih bekerja di sini. Pindahkan dulu ke unit atau jabatan lain."], (
        "who has left by the day does not sit there"
    )


def test_a_position_with_a_holder_stays(kota):
    unit = kota.units["pelayanan"].pk
    post = orgs.add_position(
        unit=unit, code="loket", title="Petugas Loket", kind="executive", valid_from=LONG_AGO, by=kota.system, at=NOW
    )
    person = employ(kota, "Ani", position=post.pk)
    assert len(sentences(kota, position=post.pk)) == 1
    services.place(person=person.pk, unit=kota.units["pupr"].pk, since=LAST, by=kota.system, at=NOW)
    services.place(person=person.pk, unit=kota.units["setda"].pk, since=date(2027, 1, 1), by=kota.system, at=NOW)
    assert sentences(kota, position=post.pk) == []


def test_a_role_over_the_unit_keeps_it(kota):
    kota.holder(Role.OFFICER, "pelayanan")
    assert sentences(kota) == [
        "Officer Pelayanan masih memegang hak akses atas unit ini. Akhiri dulu, atau berikan atas unit lain."
    ]


def test_an_empty_unit_ends(kota):
    kota.holder(Role.OFFICER, "dukcapil")
    assert sentences(kota) == []

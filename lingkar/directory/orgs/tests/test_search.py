"""Units are found as people call them."""

from datetime import date

import pytest

from lingkar.directory.orgs import queries
from lingkar.directory.orgs.services import add_unit
from lingkar.foundation.search.queries import asked
from tests.fixtures import LONG_AGO, NOW


def found(city, words, limit=10):
    return [unit.code for unit in queries.search(city.visitor, asked(words), limit, day=NOW.date())]


@pytest.mark.parametrize(
    "words",
    [
        "kependudukan",
        "Dinas Kependudukan",
        "kependudkan",
        "kepnedudukan",
        "pencatatan sipill",
        "DUKCAPIL",
        "disdukcapil",
    ],
)
def test_an_office_is_found_as_people_call_it(kota, words):
    assert found(kota, words)[0] == "dukcapil"


def test_the_closest_stands_first(kota):
    add_unit(
        agency=kota.agency.pk,
        kind="school",
        code="sdn1",
        name="SD Negeri 1 Pekerja",
        valid_from=LONG_AGO,
        by=kota.system,
        at=NOW,
    )
    assert found(kota, "pekerja") == ["sdn1", "pupr"]


def test_most_words_are_enough_when_no_unit_has_all(kota):
    assert found(kota, "bidang pelayanan pendaftaran tanah") == ["pelayanan"]


def test_ended_units_and_those_of_other_agencies_are_not_found(kota, lain):
    assert "dukcapil" in found(kota, "kependudukan")
    assert found(lain, "kependudukan") == []  # the scope of the other agency is not open
    assert queries.search(kota.visitor, asked("kependudukan"), 10, day=date(2019, 1, 1)) == []


def test_nothing_is_found_by_nothing(kota):
    assert found(kota, "  ") == []

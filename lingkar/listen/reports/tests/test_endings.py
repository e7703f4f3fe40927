"""A unit does not end while cases wait for it, or new ones would be sent there."""

from datetime import timedelta

import pytest

from lingkar.directory.orgs.services import end_unit, merge_units, occupied, turn_units
from lingkar.foundation.access import Actor
from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import access
from lingkar.listen.reports.models import Category
from lingkar.listen.reports.tests.conftest import AT

pytestmark = pytest.mark.django_db
TODAY = AT.date()
ONE_DAY = timedelta(days=1)


def why_not(city, last_day):
    try:
        end_unit(unit=city.units["dukcapil"].pk, last_day=last_day, by=Actor.system(city.agency.pk), at=AT)
    except Refused as refused:
        return [str(answer.sentence).split(".")[0] for answer in occupied(refused)]
    return []


def test_open_cases_and_categories_keep_a_unit(city):
    city.send()
    answered = Category.objects.filter(unit=city.units["dukcapil"], is_active=True).count()
    assert why_not(city, TODAY - ONE_DAY) == [
        f"{answered} kategori laporan dijawab oleh unit ini",
        "1 laporan masih menunggu jawaban dari unit ini",
    ]
    assert why_not(city, TODAY + ONE_DAY) == [f"{answered} kategori laporan dijawab oleh unit ini"]


def test_cases_of_a_merged_unit_are_found_by_its_heir(city):
    report, _ = city.send()
    Category.objects.filter(unit=city.units["dukcapil"]).update(unit=city.units["pupr"])
    by, heir = city.actor("officer", "pupr"), city.units["pupr"]
    assert not access.visible(by).filter(pk=report.pk).exists()
    system = Actor.system(city.agency.pk)
    merge = {"units": [city.units["dukcapil"].pk], "into": heir.pk, "by": system}
    with pytest.raises(Refused, match=r"orgs\.occupied"):
        merge_units(on=TODAY, at=AT, **merge)
    merge_units(on=TODAY + ONE_DAY, at=AT, **merge)
    assert not access.visible(by).filter(pk=report.pk).exists(), "not before the day"
    turn_units(agency=city.agency.pk, by=system, at=AT + ONE_DAY)
    assert access.visible(by).filter(pk=report.pk).exists()

"""The made-up years are always the same, and told as planned."""

import hashlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lingkar.site.demo import tree, truths
from lingkar.site.demo.city import TELUK_KAWUNG
from lingkar.site.demo.lives import Life, Routed
from lingkar.site.demo.telling import topics
from lingkar.site.demo.years import World, reports, slug

pytestmark = pytest.mark.xdist_group("city")  # what its fixture made is there for one worker

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class Weekdays:
    def works_on(self, day):
        return day.weekday() < 5


def world(scale=1.0):
    places = {row.code: row.name for row in TELUK_KAWUNG.places}
    villages = {r.name: f"kec-{slug(places[r.parent])}" for r in TELUK_KAWUNG.places if r.parent}
    return World(
        now=AT,
        zone=ZoneInfo("Asia/Jakarta"),
        offices=Weekdays(),
        lebaran=(date(2025, 3, 31), date(2026, 3, 21)),
        villages=villages,
        clinics={v: clinic for clinic, served in tree.CLINICS.items() for v in served},
        schools=tree.SCHOOLS,
        names={unit.code: unit.short for unit in TELUK_KAWUNG.units},
        parents={unit.code: unit.parent for unit in TELUK_KAWUNG.units},
        scale=scale,
    )


@pytest.fixture(scope="module")
def told():
    return reports(world())


def test_the_same_seed_tells_the_same(told):
    prints = [hashlib.sha256(repr(rows).encode()).hexdigest() for rows in (told, reports(world()))]
    assert prints[0] == prints[1]


def test_there_are_as_many_as_planned_in_the_order_of_time(told):
    assert len(told) == truths.REPORTS
    moments = [row.at for row in told]
    assert moments == sorted(set(moments))
    assert (moments[-1] - moments[0]).days in range(720, 731)


def test_no_two_texts_are_equal_but_those_that_were_passed_on(told):
    texts = [row.text for row in told]
    assert len(texts) - len(set(texts)) <= truths.COPIES


def test_no_text_has_an_unfilled_place_or_choice(told):
    rows = [row for row in told if set("{}|#") & set(row.text) or "[" in row.text]
    assert [row.text for row in rows] == []


def test_every_unit_that_is_compared_has_complaints(told):
    for topic in topics().values():
        if topic.planted:
            units = {row.unit for row in told if row.topic == topic.code}
            assert units == set(truths.TRAININGS[topic.planted].trained)


def test_a_life_ends_today_and_is_always_the_same(told):
    here = world()
    for row in told[::25]:
        routed = Routed(topics()[row.topic].category, "dukcapil", is_sealed=topics()[row.topic].sealed)
        lives = [Life(row, routed, "dukcapil", routed.category, here).lived() for _ in range(2)]
        assert lives[0] == lives[1]
        moments = [act.at for act in lives[0]]
        assert moments == sorted(moments)
        assert not moments or moments[-1] < AT

"""The made-up years obey every rule, are always the same, and go the same way as through the services."""

import hashlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import services
from lingkar.site.demo import tree, truths
from lingkar.site.demo.city import TELUK_KAWUNG
from lingkar.site.demo.lives import Life, Routed
from lingkar.site.demo.load import load
from lingkar.site.demo.telling import topics
from lingkar.site.demo.years import World, reports, slug
from tests.city import RULES

pytestmark = pytest.mark.xdist_group("city")  # what its fixture made is there for one worker

Report, Entry = (apps.get_model("reports", name) for name in ("Report", "Entry"))
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


def test_the_small_city_obeys_the_rules(db):
    load(at=AT)
    assert [fault for check in RULES for fault in check()] == []
    with agency_scope(Agency.objects.get(code="teluk-kawung").pk):
        made_up = Report.objects.exclude(deadline_rule="").count()
        assert made_up == 98


def test_taking_over_goes_the_same_way_as_the_services(db):
    """Told by hand through the services, and once more through ``take_over``: the same rows."""
    load(at=AT)
    agency = Agency.objects.get(code="teluk-kawung")
    with agency_scope(agency.pk):
        cases = Report.objects.exclude(receipt_key="").filter(reopened__gt=0).order_by("number")
        first = cases.first()
        before = _shape(first)
        again = _as_past(first)
        desk = services.Desk(agency.pk, on=AT.date())
        services.take_over(cases=[again], desk=desk, by=services_actor(agency), at=AT)
        assert _shape(Report.objects.get(pk=again.id)) == before


def services_actor(agency):
    from lingkar.foundation.access import Actor

    return Actor.system(agency.pk)


FIELDS = (
    "text", "text_shown", "place_id", "location_shown", "is_anonymous", "is_secret", "is_sealed", "category_id",
    "proposal", "unit_id", "state", "revision", "received_at", "first_due", "due", "deadline_rule",
    "first_answered_at", "closed_at", "reopen_until", "reopened", "published_at", "rating", "rating_note",
)  # fmt: skip
LINES = ("kind", "is_internal", "text", "text_shown", "by", "unit_id", "to_unit_id", "rating", "due_after")


def _shape(report):
    history = Entry.objects.filter(report=report).order_by("at", "id")
    return {name: getattr(report, name) for name in FIELDS}, [
        tuple(getattr(entry, name) for name in LINES) for entry in history
    ]


def _as_past(report):
    """A case as it would be brought from elsewhere: only what was said and done."""
    acts = []
    for entry in Entry.objects.filter(report=report).order_by("at", "id"):
        if entry.kind not in ("received", "lapsed"):
            files = list(entry.proofs.values_list("file", flat=True))
            acts.append(
                services.PastAct(
                    kind=entry.kind,
                    at=entry.at,
                    by=entry.by,
                    text=entry.text,
                    to_unit=entry.to_unit_id,
                    rating=entry.rating or 0,
                    proofs=files,
                )
            )
    return services.PastCase(
        token="again",
        text=report.text,
        received_at=report.received_at,
        number=90_001,
        place=report.place_id,
        location=report.location,
        anonymous=report.is_anonymous,
        secret=report.is_secret,
        acts=acts,
    )

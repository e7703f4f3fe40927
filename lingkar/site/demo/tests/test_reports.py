"""What citizens of the demo said covers what can happen to a report, and every face in it is invented."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from PIL import Image

from lingkar.directory.people.queries import actor_for
from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.models import Report, ReportState
from lingkar.site.demo import pictures
from lingkar.site.demo.city import LOGINS
from lingkar.site.demo.load import load
from lingkar.site.demo.reports import token_of

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def seen_by(role):
    login = next(login for login in LOGINS if login.role == role)
    return actor_for(get_user_model().objects.get(email=login.email), day=TODAY)


def test_the_demo_has_a_report_for_everything_that_can_happen(db):
    load(at=AT)
    with agency_scope(Agency.objects.get(code="teluk-kawung").pk):
        coordinator, inspector = seen_by("coordinator"), seen_by("inspector")
        cases = list(queries.queue(coordinator, today=TODAY, state="all"))
        sealed = list(queries.queue(inspector, today=TODAY, state="all"))
        assert {case.state for case in [*cases, *sealed]} == set(ReportState)
        assert len(cases) + len(sealed) == 98  # 49 told by hand, 49 made up
        assert len(sealed) >= 5
        assert all(case.is_sealed for case in sealed)
        assert queries.queue_counts(coordinator, today=TODAY)["overdue"].count >= 4
        assert queries.published().count() >= 15
        assert queries.overdue_published(today=TODAY).exists()
        assert any(case.is_anonymous for case in cases)
        assert any(case.is_secret for case in cases)
        assert any(case.reopened for case in cases)
        assert max(case.received_at for case in cases) < AT
        visitor = Actor.visitor(coordinator.agency)
        receipt = services.send_report(token=token_of("ktp-fotokopi"), by=visitor, at=AT)  # sent before
        mine = queries.by_key(receipt.code, today=TODAY)
        assert mine.report.rating == 5


@pytest.mark.parametrize("scene", pictures.SCENES)
def test_every_scene_is_a_photo_and_always_the_same(scene):
    first, second = (pictures.photo(scene, seed="x") for _ in range(2))
    assert first.read() == second.read()
    first.seek(0)
    assert Image.open(first).size == (912, 684)


def test_the_neighbour_has_a_life_of_its_own(db):
    """Its reports, services and answers are there, in its own words, and nothing of the city's stands in them."""
    load(at=AT)
    with agency_scope(Agency.objects.get(code="rawa-bening").pk):
        rows = list(Report.objects.prefetch_related("entries"))
        words = " ".join([row.text for row in rows] + [entry.text for row in rows for entry in row.entries.all()])
        assert len(rows) == 40
        assert {"rated", "silent", "in_progress"} <= {row.state for row in rows}
        assert queries.published().count() >= 15
        assert catalogue.published(day=TODAY).count() == 3
    for strange in ("Teluk Kawung", "Kawung Hil", "pompong", "pemkot", "{", "|"):
        assert strange.lower() not in words.lower()
    assert any(word in words for word in ("ulun", "kada", "banyu"))

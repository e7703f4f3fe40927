"""The chain of a service on real rows: equal on pages and at the command line, hidden where it must be."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from lingkar.directory.services import services as catalogue
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.events.bus import publish
from lingkar.foundation.events.testing import drain
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports.models import Report
from lingkar.loop.planning import services as plans
from lingkar.loop.planning.events import PlanApproved
from lingkar.loop.scoreboard import queries, services
from lingkar.loop.scoreboard.models import Chain, Snapshot
from lingkar.loop.scoreboard.queries import Station
from tests.circles import computed, report
from tests.fixtures import LONG_AGO, signed_in
from tests.standards import WHOLE

pytestmark = pytest.mark.django_db


def said(chain, key):
    return next(row for row in chain.statements if row.key == key)


def test_every_station_that_was_passed_is_told(busy):
    chain = computed(busy)
    assert chain.reached == (Station.HEARD, Station.WHY, Station.NEED)
    assert chain.facts.stops_at == Station.PLANNED
    assert said(chain, "heard.reports").n == 12
    assert said(chain, "heard.ikm").n == 20
    assert said(chain, "why.causes").value == "30 dari 30"
    assert said(chain, "need.top").value == "Pelayanan publik"
    assert said(chain, "proven.effect").why_not == "Belum diketahui: belum ada studi yang didaftarkan."


def test_a_count_opens_exactly_its_rows(busy):
    chain = computed(busy, role="leader")
    leader = signed_in(busy.city.holder("leader", None))
    rows = said(chain, "heard.reports")
    page = leader.page(rows.address)
    assert f"{rows.n} laporan" in page.text
    assert leader.page(said(chain, "heard.promises").address)


def test_few_reports_answers_and_cases_are_not_told(place):
    report(place, "ktp-el", 4)
    place.complain("ktp-el", 4)
    place.rate("ktp-el", "222222222", 4)
    chain = computed(place)
    assert said(chain, "heard.reports").value == "kurang dari 5"
    assert said(chain, "heard.ikm").value == ""
    assert said(chain, "why.causes").value == ""
    kept = json.dumps(Chain.objects.get(service__code="ktp-el").facts["heard"])
    assert not re.search(r"\b[1-4]\b", kept)


def test_sealed_cases_are_in_no_number(place):
    report(place, "ktp-el", 9)
    Report.objects.filter(service__code="ktp-el").update(is_sealed=True, published_at=None)
    assert said(computed(place), "heard.reports").n == 0


def test_who_may_see_which_service(busy, lain):
    other = catalogue.add_service(
        code="jalan", unit=busy.city.units["pupr"].pk, standard=WHOLE, by=busy.city.system, at=busy.at
    )
    catalogue.publish_service(
        service=other.pk, valid_from=LONG_AGO, reviewed_on=LONG_AGO, by=busy.city.system, at=busy.at
    )
    computed(busy)
    ours = busy.city.actor("coordinator", "dukcapil")
    assert queries.chain_of(ours, "ktp-el", day=busy.today).code == "ktp-el"
    with pytest.raises(Unseen):
        queries.chain_of(ours, "jalan", day=busy.today)
    with pytest.raises(Unseen):
        queries.chain_of(busy.city.actor("officer", None), "ktp-el", day=busy.today)
    with agency_scope(lain.agency.pk), pytest.raises(Unseen):
        queries.chain_of(lain.system, "ktp-el", day=busy.today)
    with pytest.raises(Forbidden):
        services.compute(by=ours, at=busy.at)


def test_computing_again_on_a_day_replaces_that_day(busy):
    computed(busy)
    report(busy, "ktp-el", 5)
    assert said(computed(busy), "heard.reports").n == 17
    assert Snapshot.objects.count() == 1


def test_what_is_told_a_day_late_leaves_yesterday_as_it_was(busy):
    yesterday = busy.at - timedelta(days=1)
    services.compute(by=busy.city.system, at=yesterday)
    before = Snapshot.objects.get().pk
    publish(PlanApproved(agency=busy.city.agency.pk, plan=uuid4(), year=2026, at=yesterday + timedelta(hours=1)))
    drain()
    assert set(Snapshot.objects.values_list("day", flat=True)) == {busy.today - timedelta(days=1), busy.today}
    assert Snapshot.objects.get(day=busy.today - timedelta(days=1)).pk == before


def test_an_approved_plan_is_seen_before_the_night(busy):
    computed(busy)
    who = busy.city.actor("training", None)
    plan = plans.make_plan(year=busy.today.year, budgets={"apbd": 9_000_000}, by=who, at=busy.at)
    plans.add_run(
        plan=plan.pk, title="Pelayanan prima", competency="public_service", level=2, least=1, most=6, jp=Decimal(20),
        cost=1000, source="apbd", first=date(2026, 9, 1), last=date(2026, 9, 2), service=busy.services["ktp-el"],
        by=who, at=busy.at,
    )  # fmt: skip
    plans.propose(plan=plan.pk, by=who, at=busy.at)
    plans.approve(plan=plan.pk, by=who, at=busy.at)
    drain()
    chain = queries.chain_of(who, "ktp-el", day=busy.today)
    assert Station.PLANNED in chain.reached
    assert said(chain, "planned.runs").rows[0].label == "Pelayanan prima"

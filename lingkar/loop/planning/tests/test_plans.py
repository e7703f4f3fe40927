"""A plan through its faces: made, proposed, changed by hand, approved; and its pages."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from lingkar.directory.orgs.services import add_position
from lingkar.directory.people.services import PersonFacts, add_person
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.events.testing import drain
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.competence.services import PastAssessment, assess_many, load_dictionary
from lingkar.loop.planning import queries, services
from lingkar.loop.planning.models import Assignment, Plan
from lingkar.loop.planning.rules import Rule, Why
from lingkar.loop.planning.services import solving
from tests.fixtures import LONG_AGO, NOW

pytestmark = pytest.mark.django_db
RUN: dict[str, Any] = {"title": "Pelayanan prima", "competency": "public_service", "level": 2, "least": 1, "most": 2}
RUN |= {"jp": Decimal(20), "cost": 5_000_000, "source": "apbd", "first": date(2027, 3, 2), "last": date(2027, 3, 4)}


@pytest.fixture
def team(kota, at):
    """Five people of a section whose position asks for level 2; three were found at level 1, two at level 2."""
    load_dictionary(by=kota.system, at=at)
    post = add_position(
        unit=kota.units["pelayanan"].pk, code="pelaksana", title="Pengawas", kind="supervisor", seats=99,
        valid_from=LONG_AGO, by=kota.system, at=at,
    )  # fmt: skip
    made = []
    for name in ("Ani", "Budi", "Cici", "Dedi", "Eni"):
        facts = PersonFacts(kind="external", name=name)
        where: dict[str, Any] = {"unit": post.unit_id, "position": post.pk, "title": post.title, "since": LONG_AGO}
        made.append(add_person(facts=facts, by=kota.system, at=at, **where))
    return made


@pytest.fixture
def plan(kota, team):
    who = kota.actor("training", None)
    return services.make_plan(year=2027, budgets={"apbd": 8_000_000, "blud": 0}, by=who, at=NOW)


def lacking(kota, people, levels=(1, 1, 1, 2, 2)):
    rows = [
        PastAssessment(person=who.pk, kind="manager", levels={"public_service": level}, on=date(2026, 5, 1))
        for who, level in zip(people, levels, strict=True)
    ]
    assess_many(rows=rows, by=kota.system, at=NOW)


def add(kota, plan, **changes):
    return services.add_run(plan=plan.pk, by=kota.actor("training", None), at=NOW, **(RUN | changes))


def proposed(kota, plan):
    return services.propose(plan=plan.pk, by=kota.actor("training", None), at=NOW)


def test_a_proposal_fills_the_seats_and_says_why(kota, team, plan):
    lacking(kota, team)
    run = add(kota, plan, most=1)
    found = proposed(kota, plan)
    assert found.gap < 0.001
    places = list(queries.places_of(run.pk))
    assert len(places) == 1
    assert (places[0].attained, places[0].closes) == (1, 2)
    assert {row.why for row in queries.left_out_of(run.pk)} == {Why.FULL}
    assert len(list(queries.left_out_of(run.pk))) == 2


def test_of_a_small_unit_one_may_be_away(kota, team, plan):
    lacking(kota, team)
    run = add(kota, plan, most=5)
    proposed(kota, plan)
    assert len(list(queries.places_of(run.pk))) == 1
    assert {row.why for row in queries.left_out_of(run.pk)} == {Why.UNIT_AWAY}


def test_nobody_assessed_nobody_sent(kota, team, plan):
    add(kota, plan)
    assert proposed(kota, plan).pairs == frozenset()
    with pytest.raises(Refused) as no:
        services.approve(plan=plan.pk, by=kota.actor("training", None), at=NOW)
    assert no.value.code == "planning.empty"


def test_what_is_decided_by_hand_is_checked_and_kept(kota, team, plan):
    lacking(kota, team)
    run, by = add(kota, plan, most=1), kota.actor("training", None)
    proposed(kota, plan)
    first = queries.places_of(run.pk)[0].person_id
    other = next(row.person_id for row in queries.left_out_of(run.pk))
    with pytest.raises(Refused) as no:
        services.decide(plan=plan.pk, run=run.pk, person=other, goes=True, by=by, at=NOW)
    assert no.value.details["rules"] == (Rule.SEATS, Rule.ABSENCE)
    services.decide(plan=plan.pk, run=run.pk, person=first, goes=False, by=by, at=NOW)
    proposed(kota, plan)
    assert first not in {row.person_id for row in queries.places_of(run.pk)}
    services.approve(plan=plan.pk, by=by, at=NOW)
    going = queries.places_of(run.pk)[0].person_id
    assert [row.title for row in queries.assigned(going)] == ["Pelayanan prima"]
    with pytest.raises(Refused) as no:
        proposed(kota, plan)
    assert no.value.code == "planning.approved"


def test_who_lacks_nothing_any_more_can_be_taken_out(kota, team, plan):
    lacking(kota, team)
    run, by = add(kota, plan), kota.actor("training", None)
    proposed(kota, plan)
    who = queries.places_of(run.pk)[0].person_id
    given: dict[str, Any] = {"plan": plan.pk, "run": run.pk, "person": who, "by": by, "at": NOW}
    services.decide(goes=True, **given)
    rows = [PastAssessment(person=who, kind="manager", levels={"public_service": 2}, on=date(2026, 6, 1))]
    assess_many(rows=rows, by=kota.system, at=NOW)
    proposed(kota, plan)
    assert who in {row.person_id for row in queries.places_of(run.pk)}  # what was decided by hand is kept
    services.decide(goes=False, **given)
    assert who not in {row.person_id for row in queries.places_of(run.pk)}
    with pytest.raises(Refused, match="unknown"):
        services.decide(goes=True, **given)


def test_a_search_that_ends_without_a_plan_leaves_the_one_before(kota, team, plan, as_role, monkeypatch):
    lacking(kota, team)
    run, by = add(kota, plan), kota.actor("training", None)
    proposed(kota, plan)
    going = [place.person_id for place in queries.places_of(run.pk)]
    monkeypatch.setattr(solving, "SECONDS", 0.0)
    with pytest.raises(Refused, match="ran_out"):
        proposed(kota, plan)
    services.ask(plan=plan.pk, by=by, at=NOW)
    drain()
    assert [place.person_id for place in queries.places_of(run.pk)] == going
    assert Plan.objects.get().value == 1.0
    page = as_role("training", None).page("/rencana/2027/")
    assert "Tidak ada usulan yang ditemukan tepat waktu" in page.text
    assert "Usulan sebelumnya tetap berlaku." in page.text
    monkeypatch.undo()


def test_a_decision_that_no_plan_can_keep_says_which_rules_collide(kota, team, plan):
    lacking(kota, team)
    run, by = add(kota, plan), kota.actor("training", None)
    proposed(kota, plan)
    who = queries.places_of(run.pk)[0].person_id
    services.decide(plan=plan.pk, run=run.pk, person=who, goes=True, by=by, at=NOW)
    services.set_budgets(plan=plan.pk, budgets={"apbd": 1}, by=by, at=NOW)
    with pytest.raises(Refused) as no:
        proposed(kota, plan)
    assert no.value.details["rules"] == (Rule.BUDGET,)
    assert Assignment.objects.filter(goes=True).count() == 1


def test_who_may(kota, team, plan, lain):
    with pytest.raises(Forbidden):
        services.drop_run(plan=plan.pk, run=uuid4(), by=kota.actor("leader", None), at=NOW)
    assert list(queries.plans(kota.actor("training", "dukcapil"))) == []
    with pytest.raises(Unseen):
        queries.plan_for(kota.actor("officer"), 2027)
    with agency_scope(lain.agency.pk):
        assert queries.plan_of(2027) is None
        with pytest.raises(Refused):
            services.approve(plan=plan.pk, by=lain.system, at=NOW)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"level": 6}, "planning.level_unusable"),
        ({"least": 3}, "planning.seats_unusable"),
        ({"jp": Decimal(0)}, "planning.numbers_unusable"),
        ({"last": date(2027, 3, 1)}, "planning.days_unusable"),
        ({"first": date(2026, 3, 1)}, "planning.other_year"),
        ({"competency": "flying"}, "planning.unknown"),
    ],
)
def test_a_training_that_cannot_be_is_refused(kota, plan, wrong, code):
    with pytest.raises(Refused) as no:
        add(kota, plan, **wrong)
    assert no.value.code == code


# --- pages --------------------------------------------------------------------------------------------------------


def test_a_plan_is_made_and_approved_on_its_pages(kota, team, as_role):
    lacking(kota, team)
    browser = as_role("training", None)
    assert "Belum ada rencana" in browser.page("/rencana/").text
    browser.page("/rencana/baru/")
    page = browser.send("/rencana/baru/", {"year": "2027", "apbd": "8000000"})
    assert page.url == "/rencana/2027/"
    assert "sudah ada" in browser.send("/rencana/baru/", {"year": "2027"}, status=422).text
    browser.page("/rencana/2027/kegiatan/baru/")
    told = {key: str(value) for key, value in RUN.items()} | {"layanan": ""}
    page = browser.send("/rencana/2027/kegiatan/baru/", told | {"least": "3"}, status=422)
    assert "tidak melebihi kursi" in page.text
    browser.send("/rencana/2027/kegiatan/baru/", told)
    assert "Menunggu giliran" in browser.send("/rencana/2027/susun/").text
    drain()
    assert "Paling banyak yang mungkin ditutup" in browser.page("/rencana/2027/").text
    run = queries.runs_of(queries.plan_for(kota.system, 2027))[0].run
    address = f"/rencana/2027/kegiatan/{run.pk}/"
    assert "Menutup kesenjangan Pelayanan publik: level 1 ke 2" in browser.page(address).text
    other = next(row.person_id for row in queries.left_out_of(run.pk))
    assert "Ini melanggar aturan" in browser.send(f"{address}putuskan/", {"person": str(other), "goes": "on"}).text
    browser.page("/rencana/2027/anggaran/")
    browser.send("/rencana/2027/anggaran/", {"apbd": "9000000"})
    leader = as_role("leader", None)
    assert "Keluarkan dari rencana" not in leader.page(address).text
    assert "Rencana ini berlaku" in leader.send("/rencana/2027/setujui/").text
    assert "tidak berubah lagi" in browser.send(f"{address}hapus/").text
    assert "Pelayanan prima" in browser.get("/rencana/2027/?unduh=csv").getvalue().decode()
    leader = as_role("leader", None)
    leader.page("/rencana/2027/")
    leader.page(address)
    leader.page("/rencana/baru/", status=403)
    as_role("officer").page("/rencana/", status=403)

"""From needs to a cohort: trainings that needs speak for, taken or left; a search in the background; people who go."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lingkar.foundation.access import Unseen
from lingkar.foundation.events.testing import drain
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import services as programmes
from lingkar.grow.programmes.models import Cohort, Participant
from lingkar.loop.planning import queries, services
from lingkar.loop.planning.models import Plan, Run, Suggestion
from lingkar.loop.planning.queries import State
from lingkar.loop.planning.rules import NotHeld, Rule, free_days, level_to_reach
from tests.fixtures import NOW

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {"title": "Pelayanan prima", "level": 3, "least": 1, "most": 6, "jp": Decimal(20)}
FACTS |= {"cost": 5_000_000, "source": "apbd", "first": date(2027, 3, 2), "last": date(2027, 3, 4)}
LIST = "/rencana/2027/saran/"
ONE = f"{LIST}ktp-el/public_service/"


@pytest.fixture
def plan(place) -> Plan:
    """Citizens complain about ``ktp-el``, and its six people lack two levels; a plan takes trainings."""
    place.complain("ktp-el", 30)
    place.use("ktp-el", 1000)
    place.employ("ktp-el", 6, level=1)
    place.compute()
    by = place.city.actor("training", None)
    return services.make_plan(year=2027, budgets={"apbd": 8_000_000}, by=by, at=NOW)


def take(place, plan, **changes) -> Run:
    told = {"service": place.services["ktp-el"], "competency": "public_service"} | FACTS | changes
    return services.take_suggestion(plan=plan.pk, by=place.city.actor("training", None), at=NOW, **told)


def found(place, plan, state=""):
    return queries.suggestions(place.city.actor("training", None), plan, state=state)


def test_a_need_becomes_a_training_once(place, plan):
    (one,) = found(place, plan, State.OPEN)
    assert (one.service_code, one.competency) == ("ktp-el", "public_service")
    assert "30 kasus" in one.reason.words
    outline = queries.outline_of(plan, one, day=NOW.date())
    assert (outline.people, outline.level, outline.everybody, outline.most) == (6, 3, True, 40)
    assert outline.first.year == 2027
    assert outline.first.weekday() == 0
    run = take(place, plan)
    assert take(place, plan) == run  # a double tap
    assert (Run.objects.count(), Suggestion.objects.count()) == (1, 1)
    assert found(place, plan, State.OPEN) == []
    assert found(place, plan)[0].reason.words == one.reason.words
    services.drop_run(plan=plan.pk, run=run.pk, by=place.city.actor("training", None), at=NOW)
    assert found(place, plan)[0].state == State.OPEN  # out of the plan, it waits again


def test_what_is_left_can_be_found_again_and_what_nobody_needs_is_not_offered(place, plan):
    by, about = place.city.actor("training", None), place.services["ktp-el"]
    told = {"plan": plan.pk, "service": about, "competency": "public_service", "by": by, "at": NOW}
    services.leave_suggestion(**told)
    services.leave_suggestion(**told)
    assert [row.state for row in found(place, plan)] == [State.LEFT]
    services.reconsider(**told)
    assert [row.state for row in found(place, plan)] == [State.OPEN]
    with pytest.raises(Unseen):
        take(place, plan, competency="unity")
    assert not Run.objects.exists()


def test_a_search_runs_in_the_background_and_nothing_changes_under_it(place, plan):
    by = place.city.actor("training", None)
    with pytest.raises(Refused) as no:
        services.ask(plan=plan.pk, by=by, at=NOW)
    assert no.value.code == "planning.no_runs"
    run = take(place, plan)
    services.ask(plan=plan.pk, by=by, at=NOW)
    services.ask(plan=plan.pk, by=by, at=NOW + timedelta(seconds=1))
    with pytest.raises(Refused) as no:
        take(place, plan, competency="communication")
    assert no.value.code == "planning.searching"
    assert drain() == 1
    assert Plan.objects.get().asked_at is None
    assert len(queries.places_of(run.pk)) == 1  # of a unit of six one may be away
    services.ask(plan=plan.pk, by=by, at=NOW)
    services.stop(plan=plan.pk, by=by, at=NOW)
    before = Plan.objects.get().solved_at
    drain()
    assert Plan.objects.get().solved_at == before


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"cost": 9_000_000}, NotHeld.MONEY),
        ({"least": 7, "most": 8}, NotHeld.TOO_FEW),
        ({"least": 3}, NotHeld.RULES),
        ({"level": 1}, NotHeld.NOBODY),
    ],
)
def test_a_training_that_is_not_held_says_why(place, plan, changes, why):
    take(place, plan, **changes)
    services.propose(plan=plan.pk, by=place.city.actor("training", None), at=NOW)
    assert Run.objects.get().why_not == why


def test_the_last_at_a_counter_stays_also_when_the_training_is_for_everybody(place):
    """The plan has no training for the service of that counter: the counter is left empty all the same."""
    place.employ("akta", 1, level=1)
    place.employ("ktp-el", 9, level=3)
    by = place.city.actor("training", None)
    plan = services.make_plan(year=2027, budgets={"apbd": 8_000_000}, by=by, at=NOW)
    run = services.add_run(plan=plan.pk, competency="public_service", by=by, at=NOW, **FACTS)
    assert services.propose(plan=plan.pk, by=by, at=NOW).pairs == frozenset()
    assert Run.objects.get().why_not == NotHeld.RULES
    (alone,) = queries.left_out_of(run.pk)
    with pytest.raises(Refused) as no:
        services.decide(plan=plan.pk, run=run.pk, person=alone.person_id, goes=True, by=by, at=NOW)
    assert no.value.details["rules"] == (Rule.COUNTER,)


def test_a_cohort_is_opened_from_the_plan_once_with_its_people(place, plan):
    by = place.city.actor("training", None)
    programmes.load_types(by=by, at=NOW)
    run = take(place, plan)
    told = {"plan": plan.pk, "run": run.pk, "kind": "bimtek", "code": "Prima-1", "by": by, "at": NOW}
    with pytest.raises(Refused) as no:
        services.open_cohort(**told)
    assert no.value.code == "planning.not_approved"
    services.propose(plan=plan.pk, by=by, at=NOW)
    services.approve(plan=plan.pk, by=by, at=NOW)
    made = services.open_cohort(**told)
    assert services.open_cohort(**(told | {"code": "prima-2"})) == made
    cohort = Cohort.objects.get()
    assert (cohort.code, cohort.title, cohort.seats, cohort.service_id) == (
        "prima-1", "Pelayanan prima", 6, place.services["ktp-el"],
    )  # fmt: skip
    going = {row.person_id for row in queries.places_of(run.pk)}
    assert {row.person_id for row in Participant.objects.all()} == going
    assert [row.unit_id for row in cohort.units.all()] == [place.city.units["pelayanan"].pk]


def test_what_answers_the_need_of_a_service_stays_meant_for_it_though_others_go(place, plan):
    by = place.city.actor("training", None)
    programmes.load_types(by=by, at=NOW)
    run = take(place, plan, everybody=True)
    services.propose(plan=plan.pk, by=by, at=NOW)
    services.approve(plan=plan.pk, by=place.city.actor("leader", None), at=NOW)
    made = services.open_cohort(plan=plan.pk, run=run.pk, kind="bimtek", code="prima", by=by, at=NOW)
    assert (run.service_id, made.service_id) == (None, place.services["ktp-el"])
    assert [row.service for row in queries.for_services(years=(2027,))] == [place.services["ktp-el"]]


def test_the_level_and_the_days_that_are_proposed():
    assert level_to_reach([2, 3, 3, 4]) == 3
    assert level_to_reach([2, 3]) == 3
    monday = date(2027, 1, 4)
    assert free_days([], earliest=date(2027, 1, 2), days=3) == (monday, date(2027, 1, 6))
    assert free_days([(monday, monday)], earliest=monday, days=1)[0] == date(2027, 1, 11)


# --- pages --------------------------------------------------------------------------------------------------------


def test_from_the_need_to_the_cohort_on_pages(place, plan, as_role):
    programmes.load_types(by=place.city.system, at=NOW)
    browser = as_role("training", None)
    assert "1 saran pelatihan menunggu" in browser.get("/rencana/panel/saran/").content.decode()
    need = place.top()
    assert "Jadikan pelatihan" in browser.get(f"/rencana/panel/kebutuhan/{need}/").content.decode()
    assert "30 kasus" in browser.page(LIST).text
    assert "public_service" in browser.get(f"{LIST}?unduh=csv").getvalue().decode()
    browser.page(f"{LIST}?keadaan=left")
    page = browser.page(ONE)
    assert "6 petugas layanan ini" in page.text
    told = {key: str(value) for key, value in FACTS.items()}  # for those who serve alone: the switch is off
    assert "tidak melebihi kursi" in browser.send(ONE, told | {"least": "9"}, status=422).text
    assert browser.send(f"{ONE}lewati/").url == LIST
    assert "Buka lagi" in browser.page(ONE).text
    browser.send(f"{ONE}lewati/", {"lagi": "1"})
    page = browser.send(ONE, told)
    assert "30 kasus" in page.text  # the reason stays with the training
    assert "tidak dibuat dua kali" in browser.send(ONE, told).text
    assert "sudah ada di rencana" in browser.get(f"/rencana/panel/kebutuhan/{need}/").content.decode()
    run = Run.objects.get()
    assert "Menunggu giliran" in browser.send("/rencana/2027/susun/").text
    assert "sedang dicari" in browser.send("/rencana/2027/setujui/").text
    assert "Dihentikan" in browser.send("/rencana/2027/susun/henti/").text
    browser.send("/rencana/2027/susun/")
    drain()
    browser.send("/rencana/2027/setujui/")
    address = f"/rencana/2027/kegiatan/{run.pk}/"
    assert "Buka angkatan" in browser.page(address).text
    page = browser.page(f"{address}angkatan/")
    assert "1 orang" in page.text
    wrong = browser.send(f"{address}angkatan/", {"kind": "bimtek", "code": ""}, status=422)
    assert "Kode" in wrong.text
    assert browser.send(f"{address}angkatan/", {"kind": "bimtek", "code": "prima-1"}).url == "/pelatihan/prima-1/"
    assert "Lihat angkatan" in browser.page(address).text
    boss = as_role("supervisor", "pelayanan")
    assert "Pelayanan prima" in boss.get("/rencana/panel/tim/").content.decode()
    other = as_role("supervisor", "pupr")
    assert "Belum ada anggota tim" in other.get("/rencana/panel/tim/").content.decode()


def test_rules_that_collide_stand_on_the_page(place, plan, as_role):
    run, by = take(place, plan), place.city.actor("training", None)
    services.propose(plan=plan.pk, by=by, at=NOW)
    who = queries.places_of(run.pk)[0].person_id
    services.decide(plan=plan.pk, run=run.pk, person=who, goes=True, by=by, at=NOW)
    services.set_budgets(plan=plan.pk, budgets={"apbd": 1}, by=by, at=NOW)
    browser = as_role("training", None)
    browser.send("/rencana/2027/susun/")
    drain()
    text = browser.page("/rencana/2027/").text
    assert "Tidak ada rencana yang memenuhi semuanya" in text
    assert "dana satu sumber" in text
    assert "Usulan sebelumnya tetap berlaku" in text

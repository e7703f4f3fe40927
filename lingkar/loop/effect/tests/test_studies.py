"""Studies through their faces: registered, asked, kept."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.loop.effect import queries, services
from lingkar.loop.effect.models import Finding, Study
from lingkar.loop.effect.rules import Doubt, Kind
from tests.fixtures import NOW
from tests.loop import cohort

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_a_study_says_before_the_training_what_is_looked_at(world, at):
    study = world.register()
    assert not study.is_late
    assert world.register(at=NOW) == study  # the same told twice is one study
    assert world.register(at=NOW, delay=30).is_late
    words = queries.estimate(Study.objects.get(is_late=True), TODAY).words
    assert "Didaftarkan setelah pelatihan dimulai." in words


def test_first_days_come_from_cohorts(world):
    about = world.service.pk
    for code, unit, first in (
        ("satu", "pupr", date(2026, 9, 10)),
        ("dua", "pupr", date(2026, 8, 1)),
        ("tiga", "dukcapil", date(2026, 7, 1)),
    ):
        cohort(world.city, code, first=first, service=about, units=(world.unit(unit),))
    units = [world.unit(code) for code in ("pupr", "loket-a", "setda")]
    found = queries.first_days_of(about, units)
    assert found == {world.unit("pupr"): date(2026, 8, 1), world.unit("loket-a"): date(2026, 7, 1)}  # below dukcapil


def test_a_training_that_helped_is_found(world):
    world.causes(left=0.2)
    verdict = queries.estimate(world.register(), TODAY)
    assert verdict.kind == Kind.BETTER
    assert (verdict.low or 0) <= -0.8 <= (verdict.high or 0)
    assert verdict.words.startswith("Membaik: ")
    assert "%" in verdict.words


def test_without_an_effect_nothing_is_claimed(world):
    world.causes(left=1.0)
    verdict = queries.estimate(world.register(), TODAY)
    assert verdict.kind in {Kind.CANNOT_TELL, Kind.NO_LARGER}
    assert verdict.mde


def test_where_everything_fell_alike_the_rate_is_not_believed(world):
    world.causes(left=0.2, others_left=0.2)
    verdict = queries.estimate(world.register(), TODAY)
    assert (verdict.kind, verdict.doubt) == (Kind.CANNOT_TELL, Doubt.OTHERS_MOVED)


def test_one_unit_alone_cannot_be_judged_and_no_case_neither(world):
    alone = world.register(units={world.unit("pelayanan"): date(2025, 6, 1)})
    assert queries.estimate(alone, TODAY).doubt == Doubt.NOTHING_TO_COMPARE
    world.causes(left=0.2)
    verdict = queries.estimate(alone, TODAY)
    assert verdict.change is None
    assert verdict.words.startswith("Belum dapat dipastikan: tidak ada unit")
    ahead = world.register(units={world.unit("pelayanan"): TODAY + timedelta(days=9), world.unit("pupr"): None})
    assert queries.estimate(ahead, TODAY).doubt == Doubt.NOT_YET


def test_the_working_shows_what_was_compared(world):
    world.causes(left=0.2)
    work = queries.working_of(world.register(), TODAY)
    assert set(work.without) == {row.unit for row in work.units}
    assert (work.rates.before, work.rates.after) == (Decimal("5.00"), Decimal("1.00"))
    assert work.last == date(2026, 4, 1)
    assert work.found is not None
    assert work.found.compared == 3  # pupr until its own training


def test_a_survey_is_compared_by_points(world):
    study = world.register(outcome="U6", margin=Decimal("0.1"))
    assert queries.estimate(study, TODAY).doubt == Doubt.NOTHING_TO_COMPARE
    world.answers(more=0.4)
    verdict = queries.estimate(study, TODAY)
    assert verdict.kind == Kind.BETTER
    assert (verdict.low or 0) <= 0.4 <= (verdict.high or 0)
    assert "poin" in verdict.words


def test_what_was_found_is_kept_by_day(world, django_assert_max_num_queries):
    world.causes(left=0.2)
    study, by = world.register(), world.city.system
    assert queries.latest_of(world.service.pk) is None
    services.judge(study=study.pk, by=by, at=NOW - timedelta(days=300))
    assert services.judge_all(by=by, at=NOW) == services.judge_all(by=by, at=NOW) == 1
    assert Finding.objects.count() == 2
    with django_assert_max_num_queries(2):
        on, verdict = queries.latest([study.pk])[study.pk]
    assert (on, verdict.words) == (TODAY, queries.estimate(study, TODAY).words)
    newest = queries.latest_of(world.service.pk)
    assert newest is not None
    assert newest[0] == study.pk
    assert len(queries.history_of(study)) == 2


def test_who_may(world, lain):
    study = world.register()
    with pytest.raises(Forbidden):
        world.register(by=world.city.actor("leader", None))
    with pytest.raises(Forbidden):
        services.judge(study=study.pk, by=world.city.actor("training", None), at=NOW)
    assert queries.study_for(world.city.actor("leader", None), study.pk) == study
    with pytest.raises(Unseen):
        queries.study_for(world.city.actor("coordinator", "pupr"), study.pk)
    with agency_scope(lain.agency.pk):
        assert not queries.studies(lain.system).exists()
        with pytest.raises(Unseen):
            queries.study_for(lain.system, study.pk)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"units": {}}, "effect.nobody_trained"),
        ({"margin": Decimal(0)}, "effect.margin_unusable"),
        ({"outcome": "U1"}, "effect.unknown"),
        ({"units": {uuid4(): date(2026, 1, 1)}}, "effect.unknown"),
    ],
)
def test_what_cannot_be_studied_is_refused(world, wrong, code):
    with pytest.raises(Refused) as no:
        world.register(**wrong)
    assert no.value.code == code
    with pytest.raises(Unseen):
        world.register(service=uuid4())


# --- pages --------------------------------------------------------------------------------------------------------


def test_a_study_is_registered_and_read(world, as_role):
    world.causes(left=0.2)
    browser = as_role("training", None)
    assert "Belum ada studi" in browser.page("/dampak/").text
    browser.page("/dampak/daftar/")
    page = browser.page("/dampak/daftar/ktp-el/")
    assert "Bidang Pelayanan Pendaftaran Penduduk" in page.text
    told = {"outcome": "cases", "percent": "20", "delay": "0"}
    page = browser.send("/dampak/daftar/ktp-el/", told, status=422)
    assert "Isi hari mulai pelatihan" in page.text
    page = browser.send("/dampak/daftar/ktp-el/", told | {"unit_0": "2025-06-10"})
    assert "Didaftarkan setelah pelatihan dimulai" in page.text
    assert page.url == f"/dampak/{Study.objects.get().pk}/"
    assert "malam ini" in browser.page("/dampak/").text


def test_the_page_says_the_verdict_first_and_shows_the_working(world, as_role, visitor):
    world.causes(left=0.2)
    study = world.register()
    services.judge_all(by=world.city.system, at=NOW)
    leader = as_role("leader", None)
    page = leader.page(f"/dampak/{study.pk}/")
    assert "Membaik" in page.text
    assert "Yang lain yang dicoba" in page.text
    assert "Membaik" in leader.page("/dampak/").text
    assert "Membaik" in leader.get("/dampak/?unduh=csv").getvalue().decode()
    leader.page("/dampak/daftar/", status=403)
    as_role("coordinator", "pupr").page(f"/dampak/{study.pk}/", status=404)
    as_role("officer").page("/dampak/", status=403)


def test_the_page_of_a_cohort_leads_to_a_study_with_its_days(world, as_role):
    about, first = world.service.pk, TODAY + timedelta(days=20)
    world.causes(left=1.0)
    made = cohort(world.city, "prima", first=first, service=about, units=(world.unit("pupr"),))
    browser = as_role("training", None)
    assert f"/dampak/panel/{made.pk}/" in browser.page("/pelatihan/prima/").html
    part = browser.part(f"/dampak/panel/{made.pk}/")
    assert "Katakan sebelum hari pertama" in part.text
    page = browser.page("/dampak/daftar/ktp-el/")
    assert first.isoformat() in page.html
    assert "Dari angkatannya" in page.text
    told = {"outcome": "cases", "percent": "20", "delay": "0"}
    names = [code for code, _name in sorted(queries.units_to_follow(about), key=lambda row: row[1])]
    told |= {f"unit_{number}": first.isoformat() for number, unit in enumerate(names) if unit == world.unit("pupr")}
    assert browser.send("/dampak/daftar/ktp-el/", told).url == browser.send("/dampak/daftar/ktp-el/", told).url
    assert not Study.objects.get().is_late
    assert "Baru" in browser.part(f"/dampak/panel/{made.pk}/").text

"""Entries are kept once, read by whom they concern, answered, and nobody else learns of them."""

import threading
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from lingkar.act.projects import services as projects
from lingkar.act.projects.models import Project, Reviewer, Step
from lingkar.act.projects.services import PlannedStep
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.events.testing import drain
from lingkar.foundation.privacy.registry import Holder, keepers
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.foundation.ui.tasks import tasks
from lingkar.grow.fieldwork import queries, services
from lingkar.grow.fieldwork.models import CaseBrief, CommunityPicture, LogEntry, LogPhoto, Study
from lingkar.grow.fieldwork.rules import Clock, Figure
from lingkar.grow.fieldwork.tests.conftest import photo
from lingkar.grow.programmes import services as programmes
from lingkar.grow.programmes.models import Duty, Mark, Standing
from lingkar.grow.programmes.services import NewDuty
from tests.fixtures import NOW


def test_the_same_key_is_one_entry_and_tells_the_first_time(field):
    key = uuid4()
    first = field.write("Satu", key=key, photos=[photo(), photo()])
    again = field.write("Dua", key=key, at=NOW.replace(hour=9), photos=[photo()])
    assert (again.entry, again.at, again.is_new) == (first.entry, NOW, False)
    row = LogEntry.objects.get()
    assert (row.words, row.photos.count()) == ("Satu", 2)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one(field):
    key, found, faults = uuid4(), [], []

    def send():
        try:
            with agency_scope(field.city.agency.pk):
                found.append(field.write("Bersamaan", key=key, photos=[photo()]).entry)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert (len(found), len(set(found)), LogEntry.objects.count(), LogPhoto.objects.count()) == (20, 1, 1, 1)


def test_a_clock_of_1970_is_told_and_the_server_decides(field):
    field.write(phone_at=datetime(1970, 1, 1, tzinfo=UTC))
    line = queries.entries_of(field.actor("rani"), field.participant().pk)[0]
    assert (line.saved_at, line.clock) == (NOW, Clock.WRONG)


def test_nobody_writes_in_the_logbook_of_another(field):
    for name in ("sinta", "budi", "evi"):
        with pytest.raises(Unseen):
            services.write_entry(
                participant=field.participant().pk, key=uuid4(), words="x", by=field.actor(name), at=NOW
            )


def test_who_withdrew_keeps_the_book_and_writes_no_more(field):
    field.write()
    programmes.withdraw(participant=field.participant().pk, reason="Pindah tugas", by=field.city.system, at=NOW)
    with pytest.raises(Refused, match="over"):
        field.write("Lagi")
    assert field.participant().standing == Standing.WITHDRAWN
    assert len(queries.entries_of(field.actor("rani"), field.participant().pk)) == 1


def test_the_mentor_reads_and_answers_their_own_alone(field):
    entry = field.write().entry
    assert [line.person for line in queries.waiting_for(field.actor("budi"))] == ["Rani"]
    for name in ("cici", "dodi", "evi", "sinta"):
        assert list(queries.waiting_for(field.actor(name))) == []
        with pytest.raises(Unseen):
            queries.entry_seen_by(field.actor(name), entry)
    with pytest.raises(Unseen):
        queries.entry_seen_by(field.city.actor("training", None), entry)
    with pytest.raises(Forbidden):
        services.answer(entry=entry, words="x", by=field.actor("rani"), at=NOW)
    for _twice in range(2):
        services.answer(entry=entry, words="Bagus, tanyakan alasannya.", by=field.actor("budi"), at=NOW)
    seen = queries.entry_seen_by(field.actor("rani"), entry)
    assert [word.words for word in seen.said] == ["Bagus, tanyakan alasannya."]
    assert list(queries.waiting_for(field.actor("budi"))) == []


def test_the_oldest_waits_first_and_a_duty_that_ended_sees_nothing(field):
    late, early = field.write("Dua", at=NOW.replace(hour=8)), field.write("Satu", at=NOW.replace(hour=2))
    assert [line.id for line in queries.waiting_for(field.actor("budi"))] == [early.entry, late.entry]
    told = queries.waits(field.actor("budi"), NOW.date())
    assert (told.words, told.since, told.entries) == (2, NOW.replace(hour=2), ())
    duty = Duty.objects.get(kind="mentor", participant=field.participant())
    programmes.remove_duty(duty=duty.pk, by=field.city.system, at=NOW)
    assert queries.waits(field.actor("budi"), NOW.date()).since is None


def test_another_agency_learns_nothing(field, lain):
    entry = field.write(photos=[photo()]).entry
    shown = LogPhoto.objects.get().pk
    with agency_scope(lain.agency.pk):
        stranger = lain.actor("training", None)
        for ask in (lambda: queries.entry_seen_by(stranger, entry), lambda: queries.photo_seen_by(stranger, shown)):
            with pytest.raises(Unseen):
                ask()


def test_cases_are_offered_once_and_chosen(field):
    key, told = uuid4(), {"words_shown": "Antre lama.", "happened_on": NOW.date(), "by": field.city.system, "at": NOW}
    assert services.offer_case(key=key, **told).pk == services.offer_case(key=key, **told).pk
    with pytest.raises(Forbidden):
        services.offer_case(key=uuid4(), **told | {"by": field.actor("evi")})
    case, place = CaseBrief.objects.get().pk, field.city.places["village"].pk
    figures = [Figure("social", "Penduduk", "4.812", "jiwa", "BPS 2025")]
    for year in (2025, 2025):
        services.paint_picture(place=place, year=year, figures=figures, by=field.city.system, at=NOW)
    picture = CommunityPicture.objects.get().pk
    services.take_case(participant=field.participant().pk, case=case, picture=picture, by=field.actor("rani"), at=NOW)
    book = queries.notebook_of(field.actor("rani"), field.participant().pk)
    assert (book.case.pk, book.picture.pk, book.project) == (case, picture, None)
    with pytest.raises(Unseen):
        services.take_case(participant=field.participant().pk, case=uuid4(), by=field.actor("rani"), at=NOW)


def told(field, name):
    return [str(task.title) for task in tasks(field.actor(name), NOW)]


def test_what_waits_stands_on_the_home(field):
    case = field.case().pk
    services.take_case(participant=field.participant().pk, case=case, by=field.actor("rani"), at=NOW)
    assert "Tulis buku lapangan hari ini" in told(field, "rani")
    field.write()
    assert "Tulis buku lapangan hari ini" not in told(field, "rani")
    assert "1 hal menunggu tanggapan Anda" in told(field, "budi")
    assert not [title for title in told(field, "cici") if "menunggu tanggapan" in title]


def reported(field, name="rani", mentor="budi"):
    """A project that was carried out and waits to be judged."""
    by, who = field.actor(name), field.participant(name).pk
    project = services.begin_project(participant=who, by=by, at=NOW)
    assert services.begin_project(participant=who, by=by, at=NOW) == project
    steps = [PlannedStep("Tempel daftar", NOW.date())]
    projects.write(project=project, title="t", issue="i", idea="d", steps=steps, by=by, at=NOW)
    projects.offer(project=project, by=by, at=NOW)
    projects.agree(project=project, by=field.actor(mentor), at=NOW)
    step = Step.objects.get(project=project).pk
    projects.finish_step(step=step, note="n", done_on=NOW.date(), files=[photo()], by=by, at=NOW)
    projects.report_project(project=project, result="r", by=by, at=NOW)
    return project


def judge(field, project, *judged):
    """Judgements as (who, in which part, the mark of each criterion)."""
    for name, part, mark in judged:
        marks = {name: Decimal(mark) for name in ("issue", "idea", "work", "benefit")}
        projects.review(project=project, part=part, marks=marks, words="w", by=field.actor(name), at=NOW)


def test_marks_of_a_project_flow_into_the_marks_book(field):
    project = reported(field)
    assert set(Reviewer.objects.values_list("part", flat=True)) == {"mentor", "examiner"}
    judge(field, project, ("budi", "mentor", "80"), ("dodi", "examiner", "75.5"), ("budi", "mentor", "84"))
    drain()
    kept = dict(Mark.objects.values_list("component", "value"))
    assert kept == {"project-mentor": Decimal(84), "project-examiner": Decimal("75.50")}
    assert Mark.objects.get(component="project-mentor").given_by == field.actor("budi").person


def test_of_two_examiners_the_mean_counts_in_whatever_order_it_is_told(field):
    duties = [NewDuty(field.people["evi"].pk, "examiner")]
    programmes.add_duties(cohort=field.cohort.pk, duties=duties, by=field.city.system, at=NOW)
    project = reported(field)
    judge(field, project, ("dodi", "examiner", "60"), ("evi", "examiner", "80"), ("dodi", "examiner", "75.5"))
    told = [Actor(agency=field.city.agency.pk, person=field.actor(name).person) for name in ("dodi", "evi", "dodi")]
    for by in reversed(told):
        services.keep_mark(project=project, part="examiner", by=by, at=NOW)
    drain()
    assert Mark.objects.get().value == Decimal("77.75")


def test_who_is_deferred_goes_on_with_book_and_project(field):
    """A meeting closes the cohort; who is deferred makes up what was missing, and is decided by a later one."""
    rani, sinta = field.participant("rani").pk, field.participant("sinta").pk
    mine, theirs = reported(field), reported(field, "sinta", "cici")
    scheme = field.cohort.scheme["components"]
    good = {row["code"]: Decimal(90) for row in scheme}
    system, meeting = field.city.system, programmes.MeetingFacts(held_on=NOW.date(), chair="Sri Wahyuni")
    programmes.mark_components(participant=sinta, values=good, by=system, at=NOW)
    programmes.hold_meeting(cohort=field.cohort.pk, facts=meeting, by=system, at=NOW)
    drain()
    assert dict(Project.objects.values_list("pk", "state")) == {mine: "reported", theirs: "closed"}
    field.write("Saya kembali ke loket.")
    judge(field, mine, ("budi", "mentor", "80"), ("dodi", "examiner", "84"))
    drain()
    rest = {code: value for code, value in good.items() if code not in ("project-mentor", "project-examiner")}
    programmes.mark_components(participant=rani, values=rest, by=system, at=NOW)
    programmes.hold_meeting(cohort=field.cohort.pk, facts=meeting, by=system, at=NOW)
    drain()
    assert field.participant("rani").standing == Standing.PASSED
    assert set(Project.objects.values_list("state", flat=True)) == {"closed"}
    with pytest.raises(Refused, match="over"):
        field.write("Sesudah selesai.")


def test_who_judges_follows_the_duties_and_ends_with_the_cohort(field):
    project = services.begin_project(participant=field.participant().pk, by=field.actor("rani"), at=NOW)
    duties = [NewDuty(field.people["evi"].pk, "coach", field.participant().pk)]
    programmes.add_duties(cohort=field.cohort.pk, duties=duties, by=field.city.system, at=NOW)
    drain()
    assert Reviewer.objects.filter(project=project, person=field.people["evi"], part="coach").exists()
    services.close_projects(cohort=field.cohort.pk, by=field.city.system, at=NOW)
    services.close_projects(cohort=field.cohort.pk, by=field.city.system, at=NOW)
    assert Project.objects.get().state == "closed"
    assert Study.objects.get().project_id == project


def test_what_is_held_is_told_and_forgotten(field):
    entry = field.write("Pak Lurah bercerita.", photos=[photo()]).entry
    services.answer(entry=entry, words="Terima kasih.", by=field.actor("budi"), at=NOW)
    keeper = next(it for it in keepers() if it.name == "fieldwork")
    assert keeper.erase is not None
    for name, words in (("budi", "Terima kasih"), ("rani", "Pak Lurah")):
        holder = Holder(field.city.agency.pk, None, field.people[name].pk)
        assert words in str([dict(row) for row in keeper.export(holder)])
        assert keeper.erase(holder, NOW)
        assert words not in str([dict(row) for row in keeper.export(holder)])
    assert not LogPhoto.objects.exists()


def test_a_case_that_is_not_public_any_more_leaves_the_study_that_began_from_it(field):
    case, row = field.case(), field.participant()
    services.take_case(participant=row.pk, case=case.pk, by=field.actor("rani"), at=NOW)
    services.withdraw_case(key=case.key, by=field.city.system, at=NOW)
    services.withdraw_case(key=case.key, by=field.city.system, at=NOW)
    assert queries.notebook_of(field.actor("rani"), row.pk).case is None
    assert not CaseBrief.objects.exists()

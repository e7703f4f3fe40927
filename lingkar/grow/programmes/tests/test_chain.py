"""A cohort as one training: its courses, its quizzes, its marks, its meeting, its certificates."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lingkar.foundation.events.testing import drain
from lingkar.grow.courses import services as learning
from lingkar.grow.courses.models import Enrolment
from lingkar.grow.credentials import queries as credentials
from lingkar.grow.credentials.models import Certificate, JpEntry
from lingkar.grow.exams import services as exams
from lingkar.grow.exams.services import Given
from lingkar.grow.programmes import queries, services
from lingkar.grow.programmes.models import Mark, MarkChange, Participant
from lingkar.grow.programmes.services import MeetingFacts, NewParticipant, NewSubject
from lingkar.grow.programmes.tests import made
from tests.fixtures import NOW
from tests.learning import course, everything
from tests.learning import quiz as a_quiz


def quiz(city, *, attempts=2):
    return a_quiz(city, "kuis-loket", unit="dukcapil", many=4, attempts=attempts, pass_mark=Decimal(70))


def take(person, right: int, code="kuis-loket", *, at=NOW):
    """Somebody takes the quiz and has so many of four right."""
    by = made.actor(person)
    attempt = exams.open_attempt(code=code, by=by, at=at)
    for place, order in enumerate(attempt.orders, start=1):
        shown = order.index("0" if place <= right else "1")
        exams.save_answer(attempt=attempt.pk, given=[Given(place, shown, place)], by=by, at=at)
    exams.submit_attempt(attempt=attempt.pk, by=by, at=at + timedelta(minutes=1))
    drain()


@pytest.fixture
def sari(kota, as_role):
    as_role("officer", "dukcapil")
    return made.learner(kota, account=kota.people["officer-dukcapil"])


def chained(city, people=(), *, at=NOW, **more):
    """A running cohort whose second subject names a course and a quiz."""
    made_cohort = made.cohort(city, people, at=at, **more)
    office = city.units["dukcapil"].pk
    subject = NewSubject("substantive", "Belajar mandiri", 2, office, "pelayanan-prima", "kuis-loket")
    services.add_subjects(cohort=made_cohort.pk, subjects=[subject], by=city.system, at=at)
    return made_cohort


def enrolled(row):
    return set(Enrolment.objects.filter(course=row, left_at=None).values_list("person", flat=True))


def mark_of(person):
    return Mark.objects.filter(participant__person=person, component="quiz").first()


def test_who_takes_part_learns_and_who_leaves_does_not(kota, sari):
    row, budi = course(kota), made.learner(kota, "Budi Santoso")
    cohort = chained(kota, [sari])
    assert enrolled(row) == {sari.pk}
    services.add_participants(cohort=cohort.pk, people=[NewParticipant(budi.pk)], by=kota.system, at=NOW)
    assert enrolled(row) == {sari.pk, budi.pk}
    assert {it.source for it in Enrolment.objects.all()} == {f"cohort:{cohort.pk}"}
    gone = made.participant(cohort, budi)
    services.withdraw(participant=gone.pk, reason="Pindah tugas", by=kota.system, at=NOW)
    assert enrolled(row) == {sari.pk}
    services.add_participants(cohort=cohort.pk, people=[NewParticipant(budi.pk)], by=kota.system, at=NOW)
    assert enrolled(row) == {sari.pk, budi.pk}


def test_nobody_learns_from_a_cohort_in_preparation(kota, sari):
    row, by, office = course(kota), kota.system, kota.units["dukcapil"].pk
    services.load_types(by=by, at=NOW)
    subjects = [*made.subjects(kota), NewSubject("substantive", "Mandiri", 2, office, "pelayanan-prima")]
    cohort = services.open_cohort(type="pktbt", code="p", facts=made.facts(), subjects=subjects, by=by, at=NOW)
    services.add_participants(cohort=cohort.pk, people=[NewParticipant(sari.pk)], by=by, at=NOW)
    assert not enrolled(row)
    services.take_participants(cohort=cohort.pk, by=by, at=NOW)
    assert enrolled(row) == {sari.pk}


def test_a_course_that_is_written_later_finds_its_learners(kota, sari):
    chained(kota, [sari])
    row = course(kota)
    drain()
    assert enrolled(row) == {sari.pk}


def test_tries_in_an_earlier_cohort_are_none_of_a_later_one(kota, sari):
    """The same quiz serves both; who took it in the first one begins the second with all attempts and no mark."""
    quiz(kota)
    first = chained(kota, [sari])
    take(sari, 1)
    take(sari, 2, at=NOW + timedelta(hours=1))
    later = NOW + timedelta(days=60)
    second = chained(kota, [sari], code="pktbt-2", at=later)
    assert Mark.objects.filter(participant__cohort=second).count() == 0
    _seen, named = queries.own_programme(made.actor(sari), "pktbt-2")
    study = queries.self_study(made.actor(sari), made.participant(second, sari), named)
    assert [(one.made, one.best) for one in study.quizzes] == [(0, None)]
    take(sari, 4, at=later + timedelta(hours=1))
    assert Mark.objects.get(participant__cohort=second).value == Decimal(100), "a first try, not a second one"
    assert Mark.objects.get(participant__cohort=first).value == Decimal(80), "there it is one try more"


def test_the_best_score_becomes_the_mark_and_a_later_try_counts_up_to_the_bound(kota, sari):
    quiz(kota, attempts=3)
    cohort = chained(kota, [sari])
    take(sari, 2)
    found = mark_of(sari)
    assert (found.value, found.source, found.given_by) == (Decimal(50), "quiz", None)
    take(sari, 4, at=NOW + timedelta(hours=1))
    assert mark_of(sari).value == Decimal(80), "PKTBT counts a later try up to 80"
    assert [(it.before, it.after) for it in MarkChange.objects.all()] == [(Decimal(50), Decimal(80))]
    take(sari, 0, at=NOW + timedelta(hours=2))
    assert mark_of(sari).value == Decimal(80)
    assert MarkChange.objects.count() == 1
    services.follow_score(quiz="kuis-loket", person=sari.pk, by=kota.system, at=NOW)
    assert MarkChange.objects.count() == 1, "harmless to repeat"
    book = queries.marks_book(kota.system, cohort, at=NOW)
    assert book.lines[0].marks[0].source == "quiz"


def test_a_mark_by_hand_stands(kota, sari):
    quiz(kota)
    cohort = chained(kota, [sari])
    row = made.participant(cohort, sari)
    services.mark(participant=row.pk, component="quiz", value=Decimal(66), by=kota.system, at=NOW)
    take(sari, 4)
    assert mark_of(sari).value == Decimal(66)


def test_a_quiz_taken_before_counts_when_somebody_joins(kota, sari):
    quiz(kota)
    cohort = chained(kota, [made.learner(kota, "Budi Santoso")])
    take(sari, 3)
    assert mark_of(sari) is None
    services.add_participants(cohort=cohort.pk, people=[NewParticipant(sari.pk)], by=kota.system, at=NOW)
    assert mark_of(sari).value == Decimal(75)


def test_the_page_leads_to_the_next_lesson_then_to_the_quiz(kota, sari):
    row = course(kota)
    quiz(kota)
    chained(kota, [sari])
    browser = made.browser(sari)
    page = browser.page("/program/pktbt-1/")
    assert "Mulai: Standar pelayanan" in page.text
    assert 'href="/belajar/pelayanan-prima/1/"' in page.html
    assert "Standar pelayanan" in browser.page("/beranda/", queries=22).text
    learning.keep_progress(events=everything(row), by=made.actor(sari), at=NOW)
    page = browser.page("/program/pktbt-1/")
    assert "Kerjakan kuis: Kuis PKTBT" in page.text
    assert "Selesai" in page.text
    take(sari, 3)
    page = browser.page("/program/pktbt-1/")
    assert "Terbaik: 75,00" in page.text
    assert "75,00 · dari kuis" in page.text


def decided(city, cohort, **more):
    facts: dict[str, Any] = {"held_on": date(2026, 6, 8), "chair": "Dr. Rahma, M.Si."}
    return services.hold_meeting(cohort=cohort.pk, facts=MeetingFacts(**facts | more), by=city.system, at=NOW)


def test_a_meeting_gives_certificates_with_subjects_and_hours(kota, sari):
    poor, late, out = made.learner(kota, "Tono"), made.learner(kota, "Rini"), made.outsider(kota)
    cohort = made.cohort(kota, [sari, poor, late, out])
    made.mark_all(kota, cohort, "85", but=[poor, late])
    made.mark_all(kota, cohort, "40", but=[sari, late, out])
    decided(kota, cohort, signer="Hj. Nurhayati, M.Si.", signer_title="Kepala BKPSDM")
    papers = {row.person_id: row for row in Certificate.objects.all()}
    assert papers.keys() == {sari.pk, poor.pk, out.pk}
    one = papers[sari.pk]
    assert (one.kind, int(one.jp), one.predicate) == ("certificate", 36, "Memuaskan")
    assert (one.signer, one.signer_title) == ("Hj. Nurhayati, M.Si.", "Kepala BKPSDM")
    assert one.subjects == [["Tata naskah dinas", "12.00"], ["Pelayanan di loket", "24.00"]]
    assert (one.first_day, one.last_day) == (date(2026, 6, 1), date(2026, 6, 8))
    assert papers[poor.pk].kind == "statement"
    assert credentials.verify(one.code).state == "valid"
    hours = {row.person_id: (row.form, int(row.jp)) for row in JpEntry.objects.all()}
    assert hours == {sari.pk: ("B3", 36), out.pk: ("B3", 36)}


def test_who_was_deferred_gets_it_after_the_later_meeting(kota, sari):
    cohort = made.cohort(kota, [sari])
    decided(kota, cohort)
    assert not Certificate.objects.exists()
    row = made.participant(cohort, sari)
    for component in queries.scheme_of(cohort).components:
        services.mark(participant=row.pk, component=component.code, value=Decimal(85), by=kota.system, at=NOW)
    decided(kota, cohort)
    assert Certificate.objects.get().person_id == sari.pk


def test_who_left_the_agency_meanwhile_stops_nobody(kota, sari):
    gone = made.learner(kota, "Tono Pindah")
    cohort = made.cohort(kota, [sari, gone])
    made.mark_all(kota, cohort)
    gone.status = "left"
    gone.save(update_fields=["status"])
    decided(kota, cohort)
    assert [row.person_id for row in Certificate.objects.all()] == [sari.pk]


def test_everybody_finds_theirs_and_the_office_prints_all(kota, sari, as_role):
    cohort = made.cohort(kota, [sari, made.learner(kota, "Budi Santoso")])
    made.mark_all(kota, cohort)
    decided(kota, cohort)
    assert "PKTBT Angkatan I" in made.browser(sari).page("/sertifikat-saya/").text
    page = made.browser(sari).page("/program/pktbt-1/")
    assert "Sertifikat Anda sudah terbit" in page.text
    office = as_role("training", None)
    page = office.page("/pelatihan/pktbt-1/rapat/")
    assert "2 sertifikat sudah terbit" in page.text
    page = office.send(f"/pelatihan/sertifikat/cetak/{cohort.pk}/", {})
    drain()
    page = office.page(page.url)
    assert "2 dari 2 sertifikat" in page.text
    answer = office.get("/pelatihan/pktbt-1/rapat/1.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert office.get("/pelatihan/pktbt-1/rapat/2.pdf").status_code == 404


def test_the_office_sees_how_far_a_cohort_has_learned(kota, sari, as_role):
    quiz(kota)
    chained(kota, [sari, made.learner(kota, "Budi Santoso")])
    take(sari, 3)
    page = as_role("training", None).page("/pelatihan/pktbt-1/")
    assert "1 dari 2 sudah mengikuti kuis" in page.text
    assert "Belum diterbitkan: pelayanan-prima." in page.text


def test_everything_of_a_cohort_costs_few_statements_for_fifty_two(kota, sari, django_assert_max_num_queries):
    people = [sari, *(made.learner(kota, f"Peserta {chr(65 + n // 26)}{chr(97 + n % 26)}") for n in range(51))]
    cohort = chained(kota, people)
    with django_assert_max_num_queries(75):
        course(kota)
        drain()
    made.mark_all(kota, cohort)
    with django_assert_max_num_queries(110):
        decided(kota, cohort)
    assert Certificate.objects.count() == Participant.objects.count() == 52

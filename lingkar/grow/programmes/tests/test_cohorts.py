"""A cohort from its preparation to its meeting, through the face of the module."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.programmes import queries, services
from lingkar.grow.programmes.models import (
    Attendance,
    Cohort,
    Decision,
    MarkChange,
    Participant,
    ProgrammeType,
    Reaction,
)
from lingkar.grow.programmes.services import MeetingFacts, NewDuty, NewParticipant, NewSubject
from lingkar.grow.programmes.tests import made as m
from tests.fixtures import NOW

pytestmark = pytest.mark.django_db
MEETING = MeetingFacts(held_on=m.LAST, chair="Kepala BKPSDM")
AFTER = NOW + timedelta(days=40)


def refused(told, act, **given):
    with pytest.raises(Refused) as no:
        act(**given)
    assert no.value.code == f"programmes.{told}"


def test_kinds_ship_as_data_and_are_loaded_once(kota):
    assert services.load_types(by=kota.system, at=NOW) == 2
    assert services.load_types(by=kota.system, at=NOW) == 0
    assert [item.code for item in queries.types()] == ["bimtek", "pktbt"]


def test_weights_that_sum_to_95_change_nothing(kota):
    item = m.cohort(kota)
    given: dict[str, Any] = {"cohort": item.pk, "by": kota.system, "at": NOW}
    refused("weights", services.set_weights, weights={"quiz": Decimal(15)}, **given)
    services.set_weights(weights={"quiz": Decimal(15), "field": Decimal(25)}, **given)
    item.refresh_from_db()
    assert queries.scheme_of(item).component("field").weight == 25
    assert ProgrammeType.objects.get(code="pktbt").scheme != item.scheme, "the kind keeps its own"


def test_hours_are_checked_when_a_cohort_opens(kota):
    services.load_types(by=kota.system, at=NOW)
    item = services.open_cohort(type="pktbt", code="pktbt-9", facts=m.facts(), by=kota.system, at=NOW)
    refused("hours_too_few", services.take_participants, cohort=item.pk, by=kota.system, at=NOW)
    services.add_subjects(cohort=item.pk, subjects=m.subjects(kota), by=kota.system, at=NOW)
    more = [NewSubject("administrative", "Arsip", 9)]
    services.add_subjects(cohort=item.pk, subjects=more, by=kota.system, at=NOW)
    refused("hours_too_many", services.take_participants, cohort=item.pk, by=kota.system, at=NOW)
    running = m.cohort(kota)
    given: dict[str, Any] = {"cohort": running.pk, "by": kota.system, "at": NOW}
    refused("hours_too_many", services.add_subjects, subjects=more, **given)
    services.add_subjects(subjects=[NewSubject("substantive", "Loket", 2, kota.units["dukcapil"].pk)], **given)


def test_a_code_stands_once_and_a_kind_must_exist(kota):
    m.cohort(kota)
    refused("code_taken", services.open_cohort, type="pktbt", code="pktbt-1", facts=m.facts(), by=kota.system, at=NOW)
    refused("type_unknown", services.open_cohort, type="latsar", code="x", facts=m.facts(), by=kota.system, at=NOW)


def test_53_people_for_52_seats_leave_nobody_in(kota):
    item = m.cohort(kota, seats=2)
    people = [NewParticipant(m.learner(kota).pk) for _ in range(3)]
    refused("seats_full", services.add_participants, cohort=item.pk, people=people, by=kota.system, at=NOW)
    assert not Participant.objects.exists()
    assert services.add_participants(cohort=item.pk, people=people[:2], by=kota.system, at=NOW) == 2
    assert services.add_participants(cohort=item.pk, people=people[:2], by=kota.system, at=NOW) == 0
    smaller = m.facts(seats=1)
    refused("seats_full", services.change_cohort, cohort=item.pk, facts=smaller, by=kota.system, at=NOW)


def test_people_of_other_institutions_take_part_without_nip(kota):
    outside = m.outsider(kota)
    item = m.cohort(kota)
    new = [NewParticipant(outside.pk, "outside", outside.institution), NewParticipant(m.learner(kota).pk, "cpns")]
    services.add_participants(cohort=item.pk, people=new, by=kota.system, at=NOW)
    rows = {row.name: row for row in queries.participants_of(kota.system, item)}
    assert (rows["Made Arta"].nip, rows["Made Arta"].institution) == (None, "PT Air Kawung")
    assert rows["Sari Wahyuni"].unit == kota.units["dukcapil"].name


def test_who_withdraws_keeps_attendance_and_marks_and_frees_the_seat(kota):
    person = m.learner(kota)
    item = m.cohort(kota, [person], seats=1)
    row, held = m.participant(item, person), m.session(kota, item)
    services.note_attendance(session=held.pk, present=[row.pk], by=kota.system, at=NOW)
    refused("withdrawal_reason", services.withdraw, participant=row.pk, reason=" ", by=kota.system, at=NOW)
    services.withdraw(participant=row.pk, reason="Mutasi ke kabupaten lain", by=kota.system, at=NOW)
    assert Attendance.objects.filter(participant=row).count() == 1
    other = NewParticipant(m.learner(kota, "Lia").pk)
    assert services.add_participants(cohort=item.pk, people=[other], by=kota.system, at=NOW) == 1
    back = [NewParticipant(person.pk)]
    refused("seats_full", services.add_participants, cohort=item.pk, people=back, by=kota.system, at=NOW)


def test_a_cohort_begins_with_somebody_in_it(kota):
    item = m.cohort(kota)
    refused("nobody_there", services.start_cohort, cohort=item.pk, by=kota.system, at=NOW)


def test_a_trainer_is_at_one_place_at_a_time(kota):
    trainer, item = m.learner(kota, "Bu Rina"), m.cohort(kota, [m.learner(kota)])
    m.session(kota, item, trainer=trainer)
    with pytest.raises(Refused, match="trainer_busy"):
        m.session(kota, item, trainer=trainer, start=NOW + timedelta(hours=1), room="Lain")
    with pytest.raises(Refused, match="room_busy"):
        m.session(kota, item, start=NOW + timedelta(hours=1), room="aula")
    with pytest.raises(Refused, match="session_outside"):
        m.session(kota, item, start=NOW + timedelta(days=40))
    days = {"first_day": NOW.date() + timedelta(days=1), "last_day": NOW.date() + timedelta(days=9)}
    refused("sessions_outside", services.change_cohort, cohort=item.pk, facts=m.facts(**days), by=kota.system, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_cohorts_planned_at_once_do_not_get_one_room(kota):
    with agency_scope(kota.agency.pk):
        one, other = (m.cohort(kota, [m.learner(kota)], code=code) for code in ("satu", "dua"))
    outcome = []

    def second():
        with agency_scope(kota.agency.pk):
            try:
                m.session(kota, other)
            except Refused as no:
                outcome.append(no.code)
        connection.close()

    beside = Thread(target=second)
    with agency_scope(kota.agency.pk), transaction.atomic(), connection.cursor() as cursor:
        m.session(kota, one)
        beside.start()
        for _ in range(2000):
            cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.005)")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone()[0] or not beside.is_alive():
                break
    beside.join(10)
    assert outcome == ["programmes.room_busy"]


def test_a_mark_of_101_is_refused_and_a_change_needs_a_reason_that_is_shown(kota):
    person = m.learner(kota)
    item = m.cohort(kota, [person])
    row = m.participant(item, person)
    given: dict[str, Any] = {"participant": row.pk, "component": "attitude", "by": kota.system, "at": NOW}
    refused("mark_out_of_range", services.mark, value=Decimal(101), **given)
    services.mark(value=Decimal(80), **given)
    refused("reason_missing", services.mark, value=Decimal(85), **given)
    services.mark(value=Decimal(85), reason="Salah jumlah", **given)
    book = queries.marks_book(kota.system, item, at=NOW)
    assert [(it.before, it.after, it.reason) for it in book.changes] == [(Decimal(80), Decimal(85), "Salah jumlah")]
    assert next(it for it in book.lines[0].marks if it.component.code == "attitude").is_changed
    assert book.lines[0].so_far == Decimal("12.75")
    line = AuditEntry.objects.filter(verb="programmes.mark_changed").get()
    assert "Salah jumlah" not in line.content, "reasons are people's words"


def test_only_whose_duty_it_is_marks_and_nobody_marks_themselves(kota):
    mentor = m.learner(kota, "Pak Mentor", account=kota.holder("member", None))
    coach = m.learner(kota, "Bu Coach", account=kota.holder("officer"))
    mine, other = m.learner(kota, "Ani"), m.learner(kota, "Budi")
    item = m.cohort(kota, [mine, other, coach])
    guided = m.participant(item, mine)
    duties = [NewDuty(mentor.pk, "mentor", guided.pk), NewDuty(coach.pk, "coach")]
    assert services.add_duties(cohort=item.pk, duties=[*duties, *duties], by=kota.system, at=NOW) == 2
    given: dict[str, Any] = {"value": Decimal(90), "at": NOW}
    services.mark(participant=guided.pk, component="field", by=m.actor(mentor), **given)
    with pytest.raises(Forbidden):
        services.mark(participant=guided.pk, component="project-coach", by=m.actor(mentor), **given)
    with pytest.raises(Http404):
        services.mark(participant=m.participant(item, other).pk, component="field", by=m.actor(mentor), **given)
    services.mark(participant=m.participant(item, other).pk, component="project-coach", by=m.actor(coach), **given)
    with pytest.raises(Forbidden):
        own = m.participant(item, coach).pk
        services.mark(participant=own, component="project-coach", by=m.actor(coach), **given)
    assert [row.name for row in queries.guided_by(mentor.pk, kinds=["mentor"])] == ["Ani"]
    assert [row.name for row in queries.participants_of(m.actor(mentor), item)] == ["Ani"]
    assert len(queries.guided_by(coach.pk, kinds=["coach"])) == 3
    itself = [NewDuty(mine.pk, "mentor", guided.pk)]
    refused("guides_oneself", services.add_duties, cohort=item.pk, duties=itself, by=kota.system, at=NOW)


def test_a_meeting_passes_defers_and_fails_and_the_deferred_make_up(kota):
    good, late, poor = m.learner(kota, "Ani"), m.learner(kota, "Budi"), m.learner(kota, "Citra")
    item = m.cohort(kota, [good, late, poor])
    held = m.session(kota, item)
    there = [m.participant(item, good).pk, m.participant(item, poor).pk]
    services.note_attendance(session=held.pk, present=there, by=kota.system, at=NOW)
    m.mark_all(kota, item, "88.5", but=[poor])
    m.mark_all(kota, item, "55")  # those who have a mark keep it
    refused("meeting_ahead", services.hold_meeting, cohort=item.pk, facts=MEETING, by=kota.system, at=NOW)
    services.hold_meeting(cohort=item.pk, facts=MEETING, number=1, by=kota.system, at=AFTER)
    again: dict[str, Any] = {"cohort": item.pk, "facts": MEETING, "number": 1, "by": kota.system, "at": AFTER}
    refused("meeting_kept", services.hold_meeting, **again)  # a double tap
    found = {row.name: (row.standing, row.final, row.predicate) for row in queries.participants_of(kota.system, item)}
    assert found == {
        "Ani": ("passed", Decimal("88.50"), "good"),
        "Budi": ("deferred", Decimal("88.50"), "good"),
        "Citra": ("failed", Decimal("55.00"), "poor"),
    }
    assert dict(Decision.objects.values_list("participant__person__name", "why"))["Budi"] == "attendance"
    trained = queries.trained()
    assert [(row.person, row.unit, row.finished_on) for row in trained] == [
        (good.pk, kota.units["dukcapil"].pk, MEETING.held_on)
    ]
    given: dict[str, Any] = {"component": "attitude", "value": Decimal(90), "reason": "Susulan"}
    refused("closed", services.mark, participant=m.participant(item, good).pk, by=kota.system, at=NOW, **given)
    made_up = [m.participant(item, late).pk]
    services.note_attendance(session=held.pk, present=made_up, by=kota.system, at=NOW)
    second = replace(MEETING, held_on=m.LAST + timedelta(days=10))
    assert services.hold_meeting(cohort=item.pk, facts=second, by=kota.system, at=AFTER).number == 2
    assert m.participant(item, late).standing == "passed"
    refused("nobody_to_decide", services.hold_meeting, cohort=item.pk, facts=MEETING, by=kota.system, at=AFTER)


def test_a_meeting_names_who_led_it_and_follows_the_beginning(kota):
    item = m.cohort(kota, [m.learner(kota)])
    given: dict[str, Any] = {"cohort": item.pk, "by": kota.system, "at": NOW}
    refused("chair_missing", services.hold_meeting, facts=replace(MEETING, chair=" "), **given)
    early = replace(MEETING, held_on=m.FIRST - timedelta(days=1))
    refused("meeting_too_early", services.hold_meeting, facts=early, **given)


def test_a_reaction_is_given_once_and_does_not_say_who(kota):
    person = m.learner(kota, account=kota.holder("member", None))
    item = m.cohort(kota, [person])
    row, ratings = m.participant(item, person), {it.code: 4 for it in queries.scheme_of(item).questions}
    given: dict[str, Any] = {"participant": row.pk, "ratings": ratings, "at": NOW}
    with pytest.raises(Forbidden):
        services.react(by=kota.system, **given)
    services.react(by=m.actor(person), comment="Terima kasih", **given)
    refused("reacted", services.react, by=m.actor(person), **given)
    assert Reaction.objects.get().given_on == m.FIRST, "the day on which somebody answered says who it was"


def test_who_manages_programmes_marks_everybody_but_themselves(kota):
    manager = m.learner(kota, account=kota.holder("training", None))
    item = m.cohort(kota, [manager])
    code, values = queries.scheme_of(item).components[0].code, [(m.participant(item, manager).pk, Decimal(100))]
    with pytest.raises(Forbidden):
        services.mark_many(cohort=item.pk, component=code, values=values, by=m.actor(manager), at=NOW)
    assert services.mark_many(cohort=item.pk, component=code, values=values, by=kota.system, at=NOW) == 1


def test_another_agency_sees_nothing(kota, lain):
    item = m.cohort(kota, [m.learner(kota)])
    with pytest.raises(Unseen):
        queries.cohort_for(lain.visitor, item.code)
    stranger = kota.actor("officer", "pupr")
    with pytest.raises(Unseen):
        queries.cohort_for(stranger, item.code)
    with pytest.raises(Forbidden):
        queries.managed(stranger)
    assert queries.cohort_for(kota.actor("training", None), item.code).manages
    with pytest.raises(Http404):
        services.withdraw(participant=uuid4(), reason="x", by=kota.system, at=NOW)
    assert not Cohort.objects.filter(agency=lain.agency).exists()


def test_a_reason_of_a_change_can_be_forgotten():
    assert MarkChange.PERSONAL["reason"] == "blank"

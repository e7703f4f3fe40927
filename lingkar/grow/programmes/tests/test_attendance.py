"""Attendance by QR, code and list: once each, by the server's clock, with a clear sentence for what is no good."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest

from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import keys, queries, services
from lingkar.grow.programmes.models import Attendance
from lingkar.grow.programmes.tests import made as m
from tests.fixtures import NOW, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(kota):
    """A session that begins now, and somebody who came."""
    person = m.learner(kota, account=kota.holder("member", None))
    item = m.cohort(kota, [person])
    return m.session(kota, item), person


def refused(told, **given):
    with pytest.raises(Refused) as no:
        services.attend(**given)
    assert no.value.code == f"programmes.{told}"


def test_a_qr_counts_once_however_often_it_is_shown(hall):
    held, person = hall
    token, by = keys.token_for(held.pk, NOW), m.actor(person)
    first = services.attend(token=token, by=by, at=NOW + timedelta(seconds=20))
    again = services.attend(token=token, by=by, at=NOW + timedelta(minutes=40))  # an old one, and there already
    assert (first.is_new, again.is_new, again.at) == (True, False, first.at)
    by_code = services.attend(code=keys.code_for(held.pk, NOW), by=by, at=NOW)
    assert not by_code.is_new
    assert Attendance.objects.get().how == "qr"


def test_an_old_qr_is_told_from_a_forged_one(hall):
    held, person = hall
    by, token = m.actor(person), keys.token_for(held.pk, NOW)
    refused("qr_old", token=token, by=by, at=NOW + timedelta(seconds=keys.HOLDS + 2 * keys.TURN))
    raw = bytearray(base64.urlsafe_b64decode(token))
    raw[19] += 20  # a later stretch of time, with the signature of the old one
    refused("qr_forged", token=base64.urlsafe_b64encode(raw).decode(), by=by, at=NOW)
    for forged in ("x", "é" * 40, "A" * 40, token[:-4], "=" * 40, keys.token_for(uuid4(), NOW)):
        refused("qr_forged", token=forged, by=by, at=NOW)
    assert not Attendance.objects.exists()


def test_a_picture_of_the_qr_is_old_after_a_minute_and_a_quarter(hall):
    held, person = hall
    token = keys.token_for(held.pk, NOW)
    begun = timedelta(seconds=NOW.timestamp() % keys.TURN)
    assert keys.TURN + keys.HOLDS <= 90
    refused("qr_old", token=token, by=m.actor(person), at=NOW - begun + timedelta(seconds=76))
    assert services.attend(token=token, by=m.actor(person), at=NOW - begun + timedelta(seconds=75)).is_new


def test_a_ticket_waits_for_the_signal_of_who_opened_the_qr_and_of_nobody_else(hall, kota):
    held, person = hall
    token, by = keys.token_for(held.pk, NOW), m.actor(person)
    ticket = services.ticket_of(token=token, by=by, at=NOW + timedelta(seconds=20))
    late = NOW + timedelta(minutes=4)
    assert services.ticket_of(token=token, by=by, at=late) == "", "an old QR gives no ticket"
    assert services.ticket_of(token="x" * 40, by=by, at=NOW) == ""
    other = keys.ticket_for(held.pk, uuid4(), NOW)
    for forged in ("", "x", "9" * 99, ticket[:-1] + ("0" if ticket[-1] != "0" else "1"), "99999999999" + ticket, other):
        refused("qr_old", token=token, ticket=forged, by=by, at=late)
    refused("qr_old", token=token, ticket=ticket, by=by, at=NOW + timedelta(minutes=6))
    refused("qr_old", token=token, ticket=keys.ticket_for(uuid4(), by.person, NOW), by=by, at=late)
    refused("qr_forged", token="A" * 40, ticket=ticket, by=by, at=late)
    assert services.attend(token=token, ticket=ticket, by=by, at=late).is_new


def test_the_page_of_the_qr_has_the_ticket(hall):
    held, person = hall
    browser = signed_in(person.account)
    page = browser.page(f"/hadir/{keys.token_for(held.pk, NOW)}/")
    assert keys.is_ticket(page.fields()["karcis"], held.pk, person.account_id, NOW)
    old = browser.page(f"/hadir/{keys.token_for(held.pk, NOW - timedelta(minutes=2))}/")
    assert "karcis" not in old.fields()


def test_a_qr_of_the_future_is_none(hall):
    """A phone whose clock is wrong changes nothing: the server made the token and the server reads it."""
    held, person = hall
    refused("qr_old", token=keys.token_for(held.pk, NOW + timedelta(hours=1)), by=m.actor(person), at=NOW)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}".lower(), "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}{0[5]}"])
def test_a_code_is_read_as_people_type_it(hall, typed):
    held, person = hall
    code = typed.format(keys.code_for(held.pk, NOW))
    found = services.attend(code=code.lower(), by=m.actor(person), at=NOW + timedelta(minutes=1))
    assert (found.session, found.is_new) == (held, True)


def test_a_wrong_code_and_an_old_one_are_refused(hall):
    held, person = hall
    by = m.actor(person)
    refused("code_wrong", code="AAAAAA", by=by, at=NOW)
    refused("code_wrong", code="", by=by, at=NOW)
    refused("code_wrong", code=keys.code_for(held.pk, NOW), by=by, at=NOW + timedelta(minutes=11))
    refused("code_wrong", code=keys.code_for(uuid4(), NOW), by=by, at=NOW)


def test_only_who_takes_part_attends_and_only_in_time(kota, hall):
    held, person = hall
    stranger = kota.actor("officer")
    refused("not_of_this_cohort", token=keys.token_for(held.pk, NOW), by=stranger, at=NOW)
    early, late = NOW - timedelta(minutes=31), held.ends_at + timedelta(seconds=1)
    refused("too_early", token=keys.token_for(held.pk, early), by=m.actor(person), at=early)
    refused("too_late", token=keys.token_for(held.pk, late), by=m.actor(person), at=late)


def test_two_devices_at_once_are_one_attendance(hall, monkeypatch):
    """Both looked before either had written: the constraint decides, and the second is told of the first."""
    held, person = hall
    token, by = keys.token_for(held.pk, NOW), m.actor(person)
    insert = services.attending._insert
    raced: list[int] = []

    def late(*args, **given):
        if not raced:
            raced.append(1)
            services.attend(token=token, by=by, at=NOW)
        insert(*args, **given)

    monkeypatch.setattr(services.attending, "_insert", late)
    second = services.attend(token=token, by=by, at=NOW + timedelta(seconds=1))
    assert (second.is_new, second.at) == (False, NOW)
    assert Attendance.objects.count() == 1


def test_the_list_takes_back_only_what_it_noted(kota, hall):
    held, person = hall
    other = m.learner(kota, "Lia")
    services.add_participants(cohort=held.cohort_id, people=[services.NewParticipant(other.pk)], by=kota.system, at=NOW)
    me, they = m.participant(held.cohort, person), m.participant(held.cohort, other)
    services.attend(token=keys.token_for(held.pk, NOW), by=m.actor(person), at=NOW)
    services.note_attendance(session=held.pk, present=[they.pk], by=kota.system, at=NOW)
    services.note_attendance(session=held.pk, present=[], absent=[me.pk, they.pk], by=kota.system, at=NOW)
    found = {row.id: row.how for row in queries.present_at(held)}
    assert found == {me.pk: "qr", they.pk: ""}


def test_who_teaches_sees_the_day_and_others_do_not(kota, hall):
    held, _person = hall
    trainer = m.learner(kota, "Bu Rina", account=kota.holder("officer"))
    later = m.session(kota, held.cohort, start=NOW + timedelta(hours=3), trainer=trainer)
    by = m.actor(trainer)
    assert [row.id for row in queries.teaching(by, day=m.TODAY)] == [held.pk, later.pk]
    assert queries.session_for(by, later.pk) == later
    assert [row.present for row in queries.schedule_of(held.cohort)] == [0, 0]
    assert not queries.teaching(kota.actor("officer", "pupr"), day=m.TODAY)
    assert [(it.kind, it.session) for it in queries.due_of(by, NOW)] == [("teach", held.pk), ("teach", later.pk)]
    assert queries.due_of(kota.actor("officer", "pupr"), NOW) == []


def test_what_is_due_changes_with_the_day(hall):
    held, person = hall
    by = m.actor(person)
    before = queries.due_of(by, NOW - timedelta(days=1))
    assert [it.kind for it in before] == ["session"]
    assert [it.kind for it in queries.due_of(by, NOW)] == ["attend"]
    services.attend(token=keys.token_for(held.pk, NOW), by=by, at=NOW)
    assert queries.due_of(by, NOW) == []
    end = NOW.replace(month=6, day=30)
    assert [it.kind for it in queries.due_of(by, end)] == ["react"]
    assert [row.code for row in queries.my_programmes(person.pk)] == ["pktbt-1"]


def test_nobody_notes_themselves_by_the_list(kota):
    """A trainer who takes part, too, shows the QR like everybody; what others note of them they do not take back."""
    trainer, other = m.learner(kota, "Tono", account=kota.holder("member", None)), m.learner(kota)
    item = m.cohort(kota, [trainer, other])
    held = m.session(kota, item, trainer=trainer)
    own, theirs = (m.participant(item, person).pk for person in (trainer, other))
    given = {"session": held.pk, "by": m.actor(trainer), "at": NOW}
    with pytest.raises(Refused, match="notes_oneself"):
        services.note_attendance(present=[own, theirs], **given)
    assert not Attendance.objects.exists()
    services.note_attendance(session=held.pk, present=[own], by=kota.system, at=NOW)
    with pytest.raises(Refused, match="notes_oneself"):
        services.note_attendance(present=[], absent=[own], **given)
    assert services.note_attendance(present=[own, theirs], **given) == 1


def test_the_trail_says_who_was_noted_and_who_was_taken_back(kota):
    item = m.cohort(kota, [m.learner(kota)])
    held, row = m.session(kota, item), item.participants.get().pk
    for present, absent in (([row], []), ([], [row])):
        services.note_attendance(session=held.pk, present=present, absent=absent, by=kota.system, at=NOW)
    told = AuditEntry.objects.filter(verb="programmes.attendance_noted").values_list("content", flat=True)
    assert all(str(row) in content for content in told)
    assert len(told) == 2


def test_the_trail_knows_everybody_of_a_full_hall(kota):
    people = [m.learner(kota, f"Peserta {number}") for number in range(5)]
    item = m.cohort(kota, people)
    held = m.session(kota, item)
    there = [m.participant(item, person).pk for person in people]
    assert services.note_attendance(session=held.pk, present=there, by=kota.system, at=NOW) == 5
    [told] = AuditEntry.objects.filter(verb="programmes.attendance_noted").values_list("content", flat=True)
    assert all(str(pk) in told for pk in there)

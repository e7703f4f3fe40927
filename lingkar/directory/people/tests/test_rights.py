"""What people may ask about their own data."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from lingkar.directory.people import queries, services
from lingkar.directory.people.models import Account, Correction, Erasure, Person, Role, Status
from lingkar.directory.people.services import PersonFacts
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.events.testing import drain
from lingkar.foundation.imports import services as import_services
from lingkar.foundation.notify.models import Notification
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import MEMBER, NOW, signed_in
from tests.house import canary
from tests.house.canary import Bird

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)
HOUR = timedelta(hours=1)
SONGS = {
    "name": "Kenari Terlupakan",
    "nip": "198704122010012774",
    "mail": "kenari.lupa@kota.example",
    "phone": "081298705555",
    "place": "Kampungkenari",
    "school": "S-1 Ilmu Kenarian",
    "words": "namasayakeliru",
}


@pytest.fixture
def own(kota) -> Account:
    """The account of somebody who is recorded, with everything that can be told about a person."""
    account = services.open_account(
        agency=kota.agency.pk, name=SONGS["name"], email=SONGS["mail"], nip=SONGS["nip"], by=kota.system, at=NOW
    )
    facts = PersonFacts(
        kind="pns",
        name=SONGS["name"],
        nip=SONGS["nip"],
        birth_place=SONGS["place"],
        education=SONGS["school"],
        email=SONGS["mail"],
        phone=SONGS["phone"],
    )
    unit = kota.units["pelayanan"].pk
    services.add_person(facts=facts, unit=unit, title="Analis", since=date(2020, 1, 6), by=kota.system, at=NOW)
    services.link_accounts(by=kota.system, at=NOW)
    return account


@pytest.fixture
def personnel(kota):
    return kota.actor(Role.PERSONNEL, None)


def ask(account, key=None):
    by = queries.actor_for(account, day=TODAY)
    return services.ask_correction(subject="name", text=SONGS["words"], key=key or uuid4(), by=by, at=NOW)


def answer(row, by, *, granted=True, words="Sudah kami perbaiki sesuai ijazah.", at=NOW + HOUR):
    services.answer_correction(correction=row.pk, granted=granted, answer=words, by=by, at=at)


# --- own data ----------------------------------------------------------------------------------------------------


def test_everything_that_is_held_is_told_and_taken_along(kota, own):
    ask(own)
    browser = signed_in(own)
    page = browser.page("/akun/saya/data/").text
    told = browser.get("/akun/saya/data.json").content.decode()
    for song in SONGS.values():
        assert song in told
        assert song in page or song == SONGS["words"]
    rows = [row for part in json.loads(told).values() for row in part["data"]]
    assert any({"Analis", kota.units["pelayanan"].name} <= set(row.values()) for row in rows)
    sheet = browser.get("/akun/saya/data.xlsx")
    assert sheet.content[:2] == b"PK"


def test_own_data_is_ones_own(kota, own):
    other = signed_in(kota.holder(MEMBER, None)).get("/akun/saya/data.json").content.decode()
    assert not any(song in other for song in SONGS.values())


# --- corrections -------------------------------------------------------------------------------------------------


def test_a_request_is_due_three_days_later_to_the_hour_and_counts_once(kota, own, personnel):
    key = uuid4()
    row = ask(own, key)
    assert row.due_at == NOW + 72 * HOUR
    assert ask(own, key) == row
    assert [found.pk for found in queries.corrections(personnel)] == [row.pk]
    assert Notification.objects.filter(recipient=personnel.person, kind="people.correction_asked").exists()
    assert queries.open_corrections(personnel) == 1
    assert queries.open_corrections(kota.actor(MEMBER, None)) == 0


def test_it_is_answered_once_with_words_by_somebody_else(kota, own, personnel):
    row = ask(own)
    with pytest.raises(Refused, match=r"people\.answer_needed"):
        answer(row, personnel, words="  ")
    services.grant_role(account=own.pk, role=Role.PERSONNEL, valid_from=TODAY, by=kota.system, at=NOW)
    with pytest.raises(Refused, match=r"people\.own_record"):
        answer(row, queries.actor_for(own, day=TODAY))
    answer(row, personnel, granted=False, words="Ijazah menyebut nama ini.")
    with pytest.raises(Refused, match=r"people\.correction_answered"):
        answer(row, personnel)
    assert Notification.objects.filter(recipient=own.pk, kind="people.correction_answered").exists()
    assert "Ijazah menyebut nama ini." in signed_in(own).page("/akun/saya/data/").text


def test_only_those_who_keep_the_record_see_a_request(kota, lain, own):
    row = ask(own)
    with pytest.raises(Forbidden):
        queries.correction_seen_by(kota.actor(MEMBER, None), row.pk)
    with pytest.raises(Unseen):
        queries.correction_seen_by(kota.actor(Role.PERSONNEL, "pupr"), row.pk)
    assert queries.correction_seen_by(kota.actor(Role.PERSONNEL, "dukcapil"), row.pk) == row
    with agency_scope(lain.agency.pk):
        other = lain.actor(Role.PERSONNEL, None)
        assert not queries.corrections(other).exists()
        with pytest.raises(Unseen):
            queries.correction_seen_by(other, row.pk)


def test_the_unit_that_somebody_left_sees_no_request_any_more(kota, own):
    row = ask(own)
    person = Person.objects.get(account=own)
    move = {"person": person.pk, "unit": kota.units["pupr"].pk, "since": TODAY - timedelta(days=9)}
    services.place(**move, by=kota.system, at=NOW)
    with pytest.raises(Unseen):
        queries.correction_seen_by(kota.actor(Role.PERSONNEL, "dukcapil"), row.pk)
    assert queries.correction_seen_by(kota.actor(Role.PERSONNEL, "pupr"), row.pk) == row


def test_the_pages_of_a_request(kota, own):
    mine, office = signed_in(own), signed_in(kota.holder(Role.PERSONNEL, None))
    assert "Tidak ada yang menunggu jawaban" in office.page("/pegawai/perbaikan/").text
    form: Any = mine.page("/akun/saya/perbaikan/")
    key = form.response.context["form"].initial["key"]
    told = {"subject": "name", "text": SONGS["words"], "key": key}
    mine.submit("/akun/saya/perbaikan/", told)
    mine.submit("/akun/saya/perbaikan/", told)
    row = Correction.objects.get()
    assert "11 Juni 2026, 10.00 WIB" in mine.page("/akun/saya/data/").text
    assert SONGS["name"] in office.page("/pegawai/perbaikan/").text
    assert SONGS["words"] in office.page(f"/pegawai/perbaikan/{row.pk}/").text
    office.submit(f"/pegawai/perbaikan/{row.pk}/", {"granted": "ya", "answer": "Sudah diperbaiki."})
    assert "Sudah diperbaiki." in office.page(f"/pegawai/perbaikan/{row.pk}/").text
    assert "Sudah diperbaiki." in mine.page("/akun/saya/data/").text


def test_an_overdue_request_says_so(kota, own):
    Correction.objects.filter(pk=ask(own).pk).update(due_at=NOW - HOUR)
    office = signed_in(kota.holder(Role.PERSONNEL, None))
    assert "Terlambat" in office.page("/pegawai/perbaikan/").text


# --- erasure -----------------------------------------------------------------------------------------------------


@pytest.fixture
def gone(kota, own, personnel) -> Person:
    """Somebody who left, after a full life in the system."""
    row = ask(own)
    signed_in(own).page("/akun/saya/")
    Authenticator.objects.get_or_create(user=own, type="totp", defaults={"data": {"secret": "x"}})
    UserSession.objects.create(user=own, session_key="kenari", ip="10.9.8.7", user_agent="Peramban Kenari")
    services.grant_role(account=own.pk, role=Role.LEADER, valid_from=TODAY, by=kota.system, at=NOW)
    answer(row, personnel, words=f"Untuk {SONGS['name']}: sudah.")
    person = Person.objects.get(account=own)
    services.change_status(person=person.pk, status=Status.LEFT, on=TODAY, by=personnel, at=NOW)
    return person


def erase(person, one, two):
    row = services.ask_erasure(person=person.pk, reason="left", by=one, at=NOW)
    services.decide_erasure(erasure=row.pk, approve=True, by=two, at=NOW)
    row.refresh_from_db()
    return row


def bird() -> Bird:
    return Bird("erased", "kenari", SONGS, None, 0, "-", "-", "-")


def test_after_an_erasure_no_table_sings(kota, own, personnel, gone):
    assert {song.song for song in canary.in_tables([bird()])} >= set(SONGS) - {"words"}, "deaf"
    row = erase(gone, personnel, kota.actor(Role.OPERATOR, None))
    assert [f"{song.song} in {song.place}" for song in canary.in_tables([bird()])] == []
    gone.refresh_from_db()
    own.refresh_from_db()
    assert (gone.name, gone.nip, own.name, own.email, own.is_active) == ("", None, "", None, False)
    assert not UserSession.objects.filter(user=own).exists()
    assert not Authenticator.objects.filter(user=own).exists()
    assert row.outcome["erased"]["people.1"] == 1
    assert "audit" in row.outcome["kept"]
    assert queries.placements_on(TODAY - timedelta(days=30)).filter(person=gone).exists(), "history stays, nameless"


def test_an_operator_loses_nothing_by_a_record_that_somebody_joined_with_their_account(kota, own):
    services.grant_role(account=own.pk, role=Role.OPERATOR, valid_from=TODAY, by=kota.system, at=NOW)
    person = Person.objects.get(account=own)
    status: dict[str, Any] = {"status": Status.LEFT, "on": TODAY, "at": NOW}
    with pytest.raises(Refused, match=r"people\.operator_first"):
        services.change_status(person=person.pk, by=kota.actor(Role.PERSONNEL, "dukcapil"), **status)
    own.refresh_from_db()
    assert own.is_active
    services.change_status(person=person.pk, by=kota.actor(Role.OPERATOR, None), **status)
    own.refresh_from_db()
    assert not own.is_active


@pytest.mark.parametrize("written", [True, False])
def test_no_imported_list_sings_after_an_erasure(kota, own, personnel, written):
    words = f"NIP;Nama;Unit Kerja;No HP\n'{SONGS['nip']};{SONGS['name']};dukcapil;{SONGS['phone']}\n"
    upload = SimpleUploadedFile("kenari.csv", words.encode())
    listed = import_services.start_import(kind="people", upload=upload, by=personnel, at=NOW)
    drain()
    listed.refresh_from_db()
    if written:
        given: dict[str, Any] = {"source": listed.pk, "seen": listed.sha256, "takes_changes": True}
        import_services.confirm_import(**given, by=personnel, at=NOW)
        drain()
    assert SONGS["phone"] in str([part.rows for part in queries.my_data(queries.actor_for(own, day=TODAY))])
    person = Person.objects.get(account=own)
    services.change_status(person=person.pk, status=Status.LEFT, on=TODAY, by=kota.system, at=NOW)
    assert {song.place for song in canary.in_tables([bird()])} >= {"imports_stagedrow.values"}, "deaf"
    row = erase(person, personnel, kota.actor(Role.OPERATOR, None))
    assert [f"{song.song} in {song.place}" for song in canary.in_tables([bird()])] == []
    listed.refresh_from_db()
    assert (listed.file, listed.name) == (None, "")
    assert listed.state == ("done" if written else "dropped")
    assert row.outcome["erased"]["imports"] == 1


def test_two_people_decide_and_never_the_person(kota, own, personnel, gone):
    row = services.ask_erasure(person=gone.pk, reason="left", by=personnel, at=NOW)
    with pytest.raises(Refused, match=r"people\.second_person"):
        services.decide_erasure(erasure=row.pk, approve=True, by=personnel, at=NOW)
    with pytest.raises(Refused, match=r"people\.erasure_asked"):
        services.ask_erasure(person=gone.pk, reason="left", by=kota.actor(Role.OPERATOR, None), at=NOW)
    services.decide_erasure(erasure=row.pk, approve=False, by=kota.actor(Role.OPERATOR, None), at=NOW)
    with pytest.raises(Refused, match=r"people\.erasure_decided"):
        services.decide_erasure(erasure=row.pk, approve=True, by=kota.actor(Role.OPERATOR, None), at=NOW)
    gone.refresh_from_db()
    assert gone.name == SONGS["name"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=row.pk).update(decided_by=row.asked_by)


def test_who_serves_is_not_forgotten(kota, own, personnel):
    person = Person.objects.get(account=own)
    with pytest.raises(Refused, match=r"people\.still_serves"):
        services.ask_erasure(person=person.pk, reason="asked", by=personnel, at=NOW)
    with pytest.raises(Refused, match=r"people\.reason_needed"):
        services.ask_erasure(person=person.pk, reason="iseng", by=personnel, at=NOW)
    with pytest.raises(Refused, match=r"people\.own_record"):
        Person.objects.filter(pk=person.pk).update(account=personnel.person)
        services.ask_erasure(person=person.pk, reason="no_basis", by=personnel, at=NOW)


def test_an_erasure_is_decided_about_the_person_as_it_is_then(kota, own, personnel, gone):
    row = services.ask_erasure(person=gone.pk, reason="left", by=personnel, at=NOW)
    second = kota.actor(Role.OPERATOR, None)
    services.change_status(person=gone.pk, status=Status.ACTIVE, on=TODAY, by=second, at=NOW)
    with pytest.raises(Refused, match=r"people\.still_serves"):
        services.decide_erasure(erasure=row.pk, approve=True, by=second, at=NOW)
    services.change_status(person=gone.pk, status=Status.LEFT, on=TODAY, by=second, at=NOW)
    Person.objects.filter(pk=gone.pk).update(account=personnel.person)
    with pytest.raises(Refused, match=r"people\.own_record"):
        services.decide_erasure(erasure=row.pk, approve=True, by=second, at=NOW)
    gone.refresh_from_db()
    assert gone.name == SONGS["name"]


def test_an_erased_person_is_on_no_page(kota, lain, personnel, gone):
    erase(gone, personnel, kota.actor(Role.OPERATOR, None))
    office = signed_in(kota.holder(Role.PERSONNEL, None))
    assert office.get(f"/pegawai/{gone.pk}/").status_code == 404
    assert "Dihapus" in office.page("/pegawai/penghapusan/").text
    assert not queries.people_in(personnel, queries.Filters(status="left"), day=TODAY).exists()
    with agency_scope(lain.agency.pk):
        assert not queries.erasures(lain.actor(Role.PERSONNEL, None)).exists()


def test_the_pages_of_an_erasure(kota, own, gone):
    one, two = signed_in(kota.holder(Role.PERSONNEL, None)), signed_in(kota.holder(Role.OPERATOR, None))
    assert "Hapus" in one.page(f"/pegawai/{gone.pk}/").text
    assert "riwayat organisasi" in one.page(f"/pegawai/{gone.pk}/hapus/").text
    one.submit(f"/pegawai/{gone.pk}/hapus/", {"reason": "left"})
    row = Erasure.objects.get()
    assert "Hapus selamanya" not in one.page("/pegawai/penghapusan/").text
    assert "Hapus selamanya" in two.page("/pegawai/penghapusan/").text
    one.submit(f"/pegawai/penghapusan/{row.pk}/", {"decision": "setuju"})
    two.submit(f"/pegawai/penghapusan/{row.pk}/", {"decision": "setuju"})
    row.refresh_from_db()
    assert row.state == "done"

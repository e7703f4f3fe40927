"""Letters: written once, sent once, forgotten afterwards."""

import email
import email.policy
import logging
import os
import socket
import stat
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Taken
from django.core.mail import send_mail
from django.db import connection
from django.template import Template

from lingkar.foundation.access import Actor, Forbidden, Grant, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.events.testing import drain
from lingkar.foundation.notify import channels, letters, queries, services
from lingkar.foundation.notify.channels import NotSent, Server, Smtp
from lingkar.foundation.notify.models import Message, MessageState
from lingkar.foundation.notify.tests.conftest import NOW
from lingkar.foundation.notify.tests.servers import HANG_UP, SILENCE, scripted
from lingkar.foundation.refusals import Refused

ADDRESS, WORDS = (
    "siti.canary@example.com",
    "Kode Anda CANARY-7F3K & <b>simpan</b>.\n.titik\n\nhttps://kota.example/lacak/",
)


@pytest.fixture
def write(agency):
    def write(key="reports.receipt:1", address=ADDRESS, text=WORDS, about="reports.Report:1"):
        return services.mail_words(
            address=address, subject="Laporan Anda – diterima", text=text, template="test", key=key, agency=agency.pk,
            at=NOW, about=about,
        )  # fmt: skip

    return write


@pytest.fixture
def smtp(monkeypatch):
    """Send to a server that the test runs, with little patience."""

    def to(port, seconds=5.0):
        server = Server("127.0.0.1", port, "", "", is_tls=False)
        monkeypatch.setitem(channels._CHANNELS, "email", lambda: Smtp(server, seconds))

    return to


class FakeChannel:
    """A way out that does what a test says."""

    repeats_safely = False

    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)
        self.sent = []

    def send(self, letter):
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, BaseException):
            raise outcome
        self.sent.append(letter)


@pytest.fixture
def fake(monkeypatch):
    def fake(*outcomes):
        made = FakeChannel(*outcomes)
        monkeypatch.setitem(channels._CHANNELS, "email", lambda: made)
        return made

    return fake


def again(row, at=NOW):
    services.deliver(message=row.pk, at=at)
    row.refresh_from_db()
    return row


def waiting_jobs() -> list[int]:
    """Seconds until each queued job of a letter runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name = 'notify.deliver' ORDER BY id"
        )
        return [round(float(row[0] or 0)) for row in cursor.fetchall()]


def test_a_letter_is_written_once_per_key(write):
    assert write().pk == write().pk
    assert Message.objects.count() == 1
    assert len(waiting_jobs()) == 1


def test_address_and_words_are_encrypted_at_rest(write):
    row = write()
    for kept in (bytes(row.address), bytes(row.letter)):
        assert b"canary" not in kept.lower()
        assert len(kept) > 50


def test_without_a_server_a_letter_is_a_file_written_once(write, tmp_path):
    row = write()
    assert drain() == 1
    (path,) = (tmp_path / "mail").iterdir()
    assert path.name == f"{row.pk}.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    row.refresh_from_db()
    assert (row.state, bytes(row.address), bytes(row.letter)) == ("sent", b"", b"")
    again(row)
    assert path.read_bytes() == before
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_mail_has_two_forms_of_the_same_words(write, tmp_path):
    row = write()
    drain()
    mail = email.message_from_bytes(next((tmp_path / "mail").iterdir()).read_bytes(), policy=email.policy.default)
    assert mail["Message-ID"] == f"<{row.pk}@localhost.localdomain>"
    assert mail["Subject"] == "Laporan Anda – diterima"
    assert mail["From"].addresses[0].display_name == "Kota Teluk Kawung"
    assert (mail["To"], mail["Content-Language"], mail["Auto-Submitted"]) == (ADDRESS, "id", "auto-generated")
    text, html = (mail.get_body((form,)).get_content() for form in ("plain", "html"))
    assert text.replace("\r\n", "\n") == f"{WORDS}\n"
    assert "&lt;b&gt;simpan&lt;/b&gt;" in html
    assert '<a href="https://kota.example/lacak/">' in html
    assert "<b>" not in html
    assert '<html lang="id">' in html


def test_a_template_gives_subject_and_body(agency, monkeypatch):
    template = Template("Laporan {{ code }} diterima\n\nTerima kasih, {{ name }}.\n")
    engine = SimpleNamespace(get_template=lambda name: SimpleNamespace(template=template))
    monkeypatch.setattr(letters, "engines", {"django": engine})
    context = {"code": "7F3K", "name": "Siti & <Ani>"}
    row = services.mail(address=ADDRESS, template="x.txt", context=context, key="k", agency=agency.pk, at=NOW)
    words = letters.unseal(row.letter)
    assert (words.subject, words.text) == ("Laporan 7F3K diterima", "Terima kasih, Siti & <Ani>.\n")


def test_a_real_server_takes_it_once(write, smtp):
    taken = []

    class Keep(Taken):
        def handle_message(self, message):
            taken.append(message)

    with socket.create_server(("127.0.0.1", 0)) as free:
        controller = Controller(Keep(), hostname="127.0.0.1", port=free.getsockname()[1])
    controller.start()
    try:
        smtp(controller.port)
        row = write()
        drain()
        again(row)
    finally:
        controller.stop()
    (mail,) = taken
    assert (mail["X-RcptTo"], mail["Message-ID"]) == (ADDRESS, f"<{row.pk}@localhost.localdomain>")
    text = mail.get_payload()[0].get_payload(decode=True).decode()
    assert "\r\n.titik\r\n" in text or "\n.titik\n" in text
    assert row.state == "sent"


@pytest.mark.parametrize(
    ("script", "state", "fault"),
    [
        ({"CONNECT": b"421 busy"}, "queued", "smtp_421"),
        ({"CONNECT": HANG_UP}, "queued", "smtpserverdisconnected"),
        ({"CONNECT": SILENCE}, "queued", "timeouterror"),
        ({"MAIL": b"451 later"}, "queued", "smtp_451"),
        ({"MAIL": HANG_UP}, "queued", "smtpserverdisconnected"),
        ({"RCPT": b"450 mailbox busy"}, "queued", "smtp_450"),
        ({"RCPT": b"550 no such user"}, "failed", "smtp_550"),
        ({"RCPT": SILENCE}, "queued", "smtpserverdisconnected"),
        ({"DATA": b"554 no"}, "failed", "smtp_554"),
        ({"DATA": HANG_UP}, "queued", "smtpserverdisconnected"),
        ({"DOT": b"452 full"}, "queued", "smtp_452"),
        ({"DOT": b"554 spam"}, "failed", "smtp_554"),
        ({"DOT": HANG_UP}, "uncertain", "smtpserverdisconnected"),
        ({"DOT": SILENCE}, "uncertain", "timeouterror"),
        ({}, "sent", ""),
        ({"QUIT": HANG_UP}, "sent", ""),
        ({"RCPT": b"251 will forward"}, "sent", ""),
    ],
)
def test_what_a_server_does_decides_the_state(write, smtp, script, state, fault):
    with scripted(**script) as server:
        smtp(server.port, seconds=0.3)
        row = again(write())
    assert row.state == state
    assert row.fault == fault or {row.fault, fault} == {"timeouterror", "smtpserverdisconnected"}
    assert len(server.taken) == (1 if state == "sent" else 0)


def test_no_server_at_all_is_a_clear_failure(write, smtp):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    smtp(port)
    assert (again(write()).state, Message.objects.get().fault) == ("queued", "connectionrefusederror")


def test_a_clear_failure_is_tried_again_later_and_parked_after_the_last(write, fake):
    way = fake(*[NotSent("smtp_450")] * 6)
    row = write()
    for attempt in range(1, 7):
        again(row)
        assert (row.attempts, row.state) == (attempt, "queued" if attempt < 6 else "failed")
    assert waiting_jobs() == pytest.approx([0, 60, 300, 1800, 7200, 28800], abs=2)
    again(row)
    assert (row.state, way.sent) == ("failed", [])


def test_a_crash_while_sending_leaves_an_uncertain_letter_that_is_never_sent_by_itself(write, fake):
    way = fake(KeyboardInterrupt())  # the process is killed within the send
    row = write()
    with pytest.raises(KeyboardInterrupt):
        services.deliver(message=row.pk, at=NOW)
    row.refresh_from_db()
    assert row.state == "sending"
    assert again(row).state == "uncertain"
    assert again(row).state == "uncertain"
    assert way.sent == []


def test_a_crash_while_writing_a_file_is_simply_repeated(write, fake, monkeypatch):
    way = fake(KeyboardInterrupt())
    way.repeats_safely = True
    row = write()
    with pytest.raises(KeyboardInterrupt):
        services.deliver(message=row.pk, at=NOW)
    assert again(row).state == "sent"
    assert len(way.sent) == 1


def test_the_sending_is_committed_before_the_first_byte_leaves(write, fake, monkeypatch):
    row = write()
    seen = []

    class Looks(FakeChannel):
        def send(self, letter):
            seen.append((Message.objects.get(pk=row.pk).state, connection.savepoint_ids, letter.id))

    outer = list(connection.savepoint_ids)
    monkeypatch.setitem(channels._CHANNELS, "email", Looks)
    services.deliver(message=row.pk, at=NOW)
    assert seen == [("sending", outer, row.pk)]


def test_a_sender_taken_for_dead_that_reports_after_all_is_believed(write, fake):
    row = write()

    class Slow(FakeChannel):
        def send(self, letter):
            services.settle_lost(at=NOW + timedelta(hours=1))
            assert Message.objects.get(pk=row.pk).state == "uncertain"

    channels_before = channels._CHANNELS["email"]
    channels.register("email", Slow)
    try:
        assert again(row).state == "sent"
    finally:
        channels.register("email", channels_before)


def test_lost_letters_and_lost_jobs_are_found(write, fake):
    fake()
    lost, stuck, fresh = write("a"), write("b"), write("c")
    later = NOW + timedelta(minutes=20)
    Message.objects.filter(pk=stuck.pk).update(state=MessageState.SENDING)
    Message.objects.filter(pk=fresh.pk).update(due_at=later)
    assert services.settle_lost(at=later) == 2
    stuck.refresh_from_db()
    assert (stuck.state, stuck.fault) == ("uncertain", "interrupted")
    assert len(waiting_jobs()) == 4
    assert lost


def test_an_operator_sends_again_with_the_same_message_id(write, fake, operator):
    way = fake(RuntimeError("the line went dead"))
    row = again(write())
    assert [found.pk for found in queries.stuck_letters(operator)] == [row.pk]
    services.send_again(message=row.pk, by=operator, at=NOW)
    assert again(row).state == "sent"
    assert [letter.id for letter in way.sent] == [row.pk]
    assert list(queries.stuck_letters(operator)) == []
    with pytest.raises(Refused, match="not_in_this_state"):
        services.send_again(message=row.pk, by=operator, at=NOW)
    assert AuditEntry.objects.get().verb == "notify.letter_sent_again"


def test_an_operator_gives_a_letter_up(write, fake, operator):
    fake(NotSent("smtp_550", is_final=True))
    row = again(write())
    services.drop(message=row.pk, by=operator, at=NOW)
    row.refresh_from_db()
    assert (row.state, bytes(row.address), bytes(row.letter)) == ("dropped", b"", b"")


@pytest.mark.parametrize("grants", [(), (Grant("officer"),), (Grant("operator", "dinas."),)])
def test_only_an_operator_of_the_agency_sees_letters(write, agency, operator, grants):
    row = write()
    somebody = Actor(agency=agency.pk, person=operator.person, grants=grants)
    for act in (services.send_again, services.drop):
        with pytest.raises(Forbidden):
            act(message=row.pk, by=somebody, at=NOW)
    with pytest.raises(Forbidden):
        queries.letter_counts(somebody)
    assert queries.letter_counts(operator)["queued"] == 1
    with pytest.raises(Unseen):
        services.drop(message=agency.pk, by=operator, at=NOW)


def test_an_address_is_forgotten_when_its_purpose_ends(write, agency, fake):
    way = fake()
    waiting, other = write("a"), write("b", about="reports.Report:2")
    assert services.forget_address(about="reports.Report:1", agency=agency.pk, at=NOW) == 1
    assert (again(waiting).state, bytes(waiting.address)) == ("dropped", b"")
    assert again(other).state == "sent"
    assert len(way.sent) == 1


def test_an_address_forgotten_while_a_letter_is_on_its_way_stays_forgotten(write, agency, monkeypatch):
    class Forgets(FakeChannel):
        def send(self, letter):
            services.forget_address(about="reports.Report:1", agency=agency.pk, at=NOW)
            raise NotSent("smtp_450")

    monkeypatch.setitem(channels._CHANNELS, "email", Forgets)
    row = again(write())
    assert (row.state, bytes(row.address)) == ("dropped", b"")


def test_nothing_of_a_letter_is_logged_or_shown(write, smtp, caplog):
    caplog.set_level(logging.DEBUG)
    answers = [b"550 no user " + ADDRESS.encode(), HANG_UP]
    for number, answer in enumerate(answers):
        with scripted(**({"RCPT": answer} if number == 0 else {"DOT": answer})) as server:
            smtp(server.port)
            row = again(write(f"k{number}"))
            assert "canary" not in f"{row} {row.fault} {row.key}".lower()
    assert "canary" not in caplog.text.lower()
    assert "is uncertain" in caplog.text


def test_a_letter_under_a_lost_key_is_parked(write, settings):
    row = write()
    settings.SECRET_KEY = "another"
    assert (again(row).state, row.fault) == ("failed", "unreadable")


def test_an_old_key_still_opens_letters(write, settings):
    row = write()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert again(row).state == "sent"


def test_a_full_disk_is_tried_again(write, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    row = again(write())
    assert (row.state, row.fault) == ("queued", "ENOSPC")


def test_djangos_own_mail_goes_the_same_way(agency, settings, tmp_path):
    settings.EMAIL_BACKEND = "lingkar.foundation.notify.django_mail.Queue"
    assert send_mail("Sandi baru", "Buka https://kota.example/", None, [ADDRESS]) == 1
    assert send_mail("Sandi baru", "Buka", None, ["bukan alamat"]) == 0
    drain()
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_bad_address_is_refused(write):
    with pytest.raises(Refused, match="not_an_address"):
        write(address="siti@example.com\nBcc: x@example.com")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", Server("mail.example", 587, "", "", False)),
        ("smtps://u:p%40ss@mail.example", Server("mail.example", 465, "u", "p@ss", True)),
        ("smtp://localhost:2525", Server("localhost", 2525, "", "", False)),
    ],
)
def test_a_server_is_named_by_its_url(url, expected):
    assert Server.of(url) == expected


@pytest.mark.parametrize("url", ["mail.example:25", "http://mail.example", "smtp://", "smtp://x?tls=no"])
def test_a_server_that_is_not_named_well_is_an_error(url):
    with pytest.raises(ValueError, match="SMTP_URL"):
        Server.of(url)


def test_a_password_never_travels_in_the_open(write, monkeypatch):
    line: Any = SimpleNamespace(sock=None, ehlo=lambda: None, has_extn=lambda name: False)
    with pytest.raises(NotSent, match="no_tls_for_the_password"):
        Smtp(Server("mail.example", 587, "u", "p", is_tls=False))._greet(line)

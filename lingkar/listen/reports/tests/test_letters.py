"""Letters to the reporter, and what the calendar does."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from lingkar.foundation.events.testing import come_round, drain
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.models import Draft

WORDS = "KTP saya belum jadi, kata kunci kangguru"


@pytest.fixture
def sent(monkeypatch):
    """Letters that left, in place of a mail server."""
    letters = []

    class Outbox:
        repeats_safely = True

        def send(self, letter):
            letters.append(letter)

    monkeypatch.setattr("lingkar.foundation.notify.services.channel", lambda name: Outbox())
    return letters


def test_a_letter_links_to_the_report_and_repeats_nothing(city, citizen, sent):
    report, code = city.send(WORDS, name="Siti Aminah", email="siti@contoh.id")
    drain()
    services.reply_to_reporter(report=report.pk, text="Rahasia jawaban", seen=0, by=city.officer, at=city.at)
    drain()
    assert len(sent) == 2
    for letter in sent:
        assert letter.address == "siti@contoh.id"
        everything = f"{letter.subject}\n{letter.text}\n{letter.html}"
        for secret in ("kangguru", "Rahasia jawaban", "Siti", code, city.units["dukcapil"].name):
            assert secret not in everything
    assert "kangguru" in citizen.page(urlsplit(re.findall(r"http\S+", sent[0].text)[0]).path).text


def test_who_left_no_address_gets_no_letter(city, sent):
    city.send(WORDS)
    city.send(WORDS, anonymous=True, email="siti@contoh.id")
    drain()
    assert sent == []


def test_an_address_that_is_none_stops_nothing(city, sent):
    report, _ = city.send(WORDS, email="tidak ada")
    drain()
    assert sent == []
    services.accept_report(report=report.pk, seen=0, by=city.officer, at=city.at)


def test_the_calendar_closes_and_forgets(city, at, photo, monkeypatch):
    report, code = city.send(WORDS)
    services.accept_report(report=report.pk, seen=0, by=city.officer, at=city.at)
    services.close_report(report=report.pk, text="Jadi", proofs=[photo], seen=1, by=city.officer, at=city.at)
    services.save_words(token="x" * 22, text="belum dikirim", by=city.visitor, at=at - timedelta(hours=30))
    come_round("reports.lapse")
    come_round("reports.purge_drafts")
    assert queries.by_key(code, today=at.date()).report.state == "silent"
    assert not Draft.objects.exists()

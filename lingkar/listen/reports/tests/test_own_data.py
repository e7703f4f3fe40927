"""What officers did on reports is among what is told to them about themselves, and what an erasure says it keeps."""

import json
from uuid import uuid4

import pytest

from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import kept_by_law
from lingkar.listen.reports import services
from tests.fixtures import signed_in

DATA = "/akun/saya/data.json"


def told(account):
    return json.loads(signed_in(account).get(DATA).content)["Tindakan Anda pada laporan"]["data"]


@pytest.fixture
def author(city):
    """The account of whom the city knows as its officer."""
    own = Account(pk=city.officer.person, agency=city.agency, name="Ratna", email="ratna@kota.example")
    own.save()
    return own


def test_own_acts_are_told_with_the_words_that_one_wrote(city, author):
    report, _ = city.send()
    services.reply_to_reporter(report=report.pk, text="Besok kami tambal.", seen=0, by=city.officer, at=city.at)
    assert [(row["laporan"], row["teks"]) for row in told(author)] == [(str(report), "Besok kami tambal.")]
    assert "Tindakan Anda pada laporan" in signed_in(author).page("/akun/saya/data/").text
    other = Account(agency=city.agency, name="Eko", email="eko@kota.example")
    other.save()
    assert told(other) == []


def test_a_sealed_report_stays_sealed_even_for_whom_it_went_through(city, author):
    report, _ = city.send()
    services.add_note(report=report.pk, note=uuid4(), text="Katanya ada pungutan.", by=city.officer, at=city.at)
    services.seal_report(report=report.pk, seen=report.revision, by=city.actor("coordinator"), at=city.at)
    rows = told(author)
    assert rows
    for row in rows:
        assert row["laporan"] == "disegel"
        assert row["teks"] == ""


def test_an_erasure_says_that_the_record_of_answers_stays():
    assert any("Tanggapan dan catatan pada laporan" in sentence for sentence in kept_by_law())

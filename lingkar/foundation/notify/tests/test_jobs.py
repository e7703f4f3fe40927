"""The jobs of this module, run as the worker runs them."""

import pytest

from lingkar.foundation.events.testing import come_round
from lingkar.foundation.notify import jobs, services
from lingkar.foundation.notify.models import Message
from lingkar.foundation.tenancy.models import Agency
from tests.fixtures import NOW


@pytest.fixture
def letter(kota, settings, tmp_path):
    settings.HOME, settings.SMTP_URL = tmp_path, ""
    return services.mail_words(
        address="a@b.example", subject="x", text="x", template="x", key="x", agency=kota.agency.pk, at=NOW
    )


def test_a_letter_is_delivered(letter):
    jobs.deliver(str(letter.pk), str(letter.agency_id))
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_stuck_letters_of_every_agency_are_found(letter, lain):
    Message.objects.update(state="sending", changed_at=NOW.replace(year=2025))
    come_round("notify.settle_lost")
    letter.refresh_from_db()
    assert letter.state == "uncertain"
    assert Agency.objects.count() == 2

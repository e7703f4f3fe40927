"""An agency with its operator, and letters that go to a folder of the test."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lingkar.foundation.access import Actor, Grant
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def agency(db, settings, tmp_path):
    settings.HOME, settings.SMTP_URL = tmp_path, ""
    agency = Agency.objects.create(code="kota", name="Kota Teluk Kawung")
    with agency_scope(agency.pk):
        yield agency


@pytest.fixture
def operator(agency):
    return Actor(agency=agency.pk, person=uuid4(), grants=(Grant("operator"),))

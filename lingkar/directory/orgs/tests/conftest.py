"""An agency with a tree, for the tests of this module."""

from datetime import UTC, date, datetime

import pytest

from lingkar.directory.orgs import services
from lingkar.directory.orgs.models import UnitKind
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

DAY = date(2026, 1, 1)
AT = datetime(2026, 1, 1, 3, tzinfo=UTC)


@pytest.fixture
def agency(db):
    agency = Agency.objects.create(code="kota", name="Kota")
    with agency_scope(agency.pk):
        yield agency


@pytest.fixture
def by(agency):
    return Actor.system(agency.pk)


@pytest.fixture
def add(agency):
    def add(code, parent=None, kind=UnitKind.OFFICE, to=agency, valid_from=DAY):
        return services.add_unit(
            agency=to.pk,
            kind=kind,
            code=code,
            name=f"Dinas {code}",
            parent=parent and parent.pk,
            valid_from=valid_from,
            by=Actor.system(to.pk),
            at=AT,
        )

    return add

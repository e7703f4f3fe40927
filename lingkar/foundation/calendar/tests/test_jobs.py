"""The monthly job."""

from lingkar.foundation.calendar import queries
from lingkar.foundation.events.testing import come_round
from lingkar.foundation.tenancy.queries import agency_scope


def test_every_agency_is_filled_two_years_ahead(kota, lain):
    come_round("calendar.fill")
    assert queries.years_known() == [2025, 2026, 2027, 2028]
    with agency_scope(lain.agency.pk):
        assert queries.years_known() == [2025, 2026, 2027, 2028]

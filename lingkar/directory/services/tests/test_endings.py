"""A unit does not end while it offers a service."""

from datetime import date

import pytest

from lingkar.directory.orgs.services import end_unit, occupied
from lingkar.directory.services import services
from lingkar.foundation.refusals import Refused
from tests.standards import WHOLE

pytestmark = pytest.mark.django_db


def test_a_unit_that_offers_a_service_stays_until_it_is_retired(kota, at):
    unit, by = kota.units["pelayanan"].pk, kota.system
    item = services.add_service(code="ktp", unit=unit, standard=WHOLE, by=by, at=at)
    with pytest.raises(Refused, match=r"orgs\.occupied") as refused:
        end_unit(unit=unit, last_day=date(2026, 12, 31), by=by, at=at)
    assert [str(answer.sentence) for answer in occupied(refused.value)] == [
        "1 layanan publik masih ditawarkan di sini. Alihkan dulu ke unit lain, atau akhiri layanannya."
    ]
    services.publish_service(service=item.pk, valid_from=date(2026, 6, 8), reviewed_on=date(2026, 6, 8), by=by, at=at)
    services.retire_service(service=item.pk, last_day=date(2026, 12, 30), by=by, at=at)
    end_unit(unit=unit, last_day=date(2026, 12, 31), by=by, at=at)

"""What is planted about people is found again by the questions of the product.

In the city at its full size, without the reports of its citizens, loaded once.
"""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import person_of, serving
from lingkar.directory.services.queries import published, service_coded, staff_of
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.competence.queries import gaps_of_many
from lingkar.grow.credentials.queries import certificates_of, ip_asn_of_many, jp_of_many
from lingkar.site.demo.city import LOGINS, TELUK_KAWUNG
from lingkar.site.demo.load import load
from tests.rows import standing

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("whole demo")]  # loaded once, for one worker

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture(scope="module")
def _stands(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lingkar.site.demo.load._reports", lambda *_: None)
        with standing(lambda: load(at=AT, scale=1), django_db_blocker):
            yield


@pytest.fixture
def city(_stands, db):
    agency = Agency.objects.get(code=TELUK_KAWUNG.code)
    with agency_scope(agency.pk):
        yield agency


def mean(gaps, people, code):
    known = [found for one in people if (found := gaps.get(one, {}).get(code)) is not None]
    return Decimal(sum(known)) / len(known), len(known)


def test_what_is_planted_about_people_is_found(city):
    _the_staff_of_identity_cards_has_the_largest_gap()
    _hours_and_the_index_are_believable()
    _whoever_signs_in_has_a_certificate()


def _the_staff_of_identity_cards_has_the_largest_gap():
    people = list(serving().values_list("pk", flat=True))
    gaps = gaps_of_many(people, TODAY)
    version = service_coded("ktp-el", day=TODAY)
    staff = {person for row in staff_of(version.service_id, day=TODAY) for person in row.people}
    others = [one for one in people if one not in staff]
    for code in ("public_service", "communication"):
        here, known = mean(gaps, staff, code)
        assert known >= 5
        assert here > 3 * mean(gaps, others, code)[0]
    assert mean(gaps, staff, "integrity")[0] < Decimal("0.5")


def _hours_and_the_index_are_believable():
    people = list(serving().values_list("pk", flat=True))
    hours = jp_of_many(people, TODAY.year - 1)
    reached = [year for year in hours.values() if year.target and not year.missing]
    assert 0.2 < len(reached) / sum(1 for year in hours.values() if year.target) < 0.5
    found = [row.value for row in ip_asn_of_many(people, TODAY).values() if row.value is not None]
    assert len(found) > len(people) / 3
    assert 50 < sum(found) / len(found) < 85


def _whoever_signs_in_has_a_certificate():
    account = Account.objects.get(email=LOGINS[0].email)
    assert certificates_of(person_of(account.pk).pk)


def test_every_service_is_served_by_people(city):
    offered = list(published(day=TODAY))
    assert len(offered) == 20
    staffed = {row.service.code: staff_of(row.service_id, day=TODAY) for row in offered}
    assert [code for code, rows in staffed.items() if not any(row.people for row in rows)] == []
    assert {row.position.unit.kind for row in staffed["surat-kelurahan"]} == {"village"}
    assert not any(row.position.leads for row in staffed["ktp-el"])

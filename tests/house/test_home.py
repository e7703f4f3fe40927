"""The home costs few statements, also for a person for whom every module has something to tell."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lingkar.directory.people import services as people
from lingkar.directory.people.models import Role
from lingkar.foundation.ui import tasks
from lingkar.grow.programmes import services as programmes
from lingkar.grow.programmes.tests import made
from tests.fixtures import LONG_AGO, NOW, signed_in

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def busy(kota):
    """Somebody who holds every role, has a post, learns in one programme, and guides and teaches in another."""
    account = kota.holder("officer", None)
    for role in set(Role.values) - {"officer"}:
        unit = kota.units["pupr"].pk if role == Role.INSPECTOR else None
        people.grant_role(account=account.pk, role=role, unit=unit, valid_from=LONG_AGO, by=kota.system, at=NOW)
    now = timezone.now().replace(microsecond=0)
    person, other = made.learner(kota, account=account), made.learner(kota, "Tono")
    today = timezone.localdate(now)
    days = {"first_day": today - timedelta(days=3), "last_day": today + timedelta(days=30)}
    learned = made.cohort(kota, [person], at=now, **days)
    made.session(kota, learned, start=now + timedelta(hours=1))
    taught = made.cohort(kota, [other], code="pktbt-9", at=now, **days)
    made.session(kota, taught, start=now + timedelta(minutes=5), trainer=person, room="Ruang 2")
    duty = programmes.NewDuty(person.pk, "mentor")
    programmes.add_duties(cohort=taught.pk, duties=[duty], by=kota.system, at=now)
    return account


def test_who_has_everything_asks_no_more_than_others(busy):
    browser = signed_in(busy)
    browser.page("/beranda/", queries=MOST + 2)  # a session that is new is noted as seen
    page = browser.page("/beranda/", queries=MOST)
    for told in ("Sesi:", "Anda mengajar", "JP tahun ini"):
        assert told in page.text


def test_every_provider_is_asked_and_none_asks_twice(busy, django_assert_max_num_queries):
    from lingkar.directory.people.queries import actor_for
    from lingkar.foundation.tenancy.queries import agency_scope

    now = timezone.now()
    actor = actor_for(busy, day=timezone.localdate(now))
    with agency_scope(busy.agency_id):
        for provider in tasks._TASKS:
            list(provider(actor, now))
            with django_assert_max_num_queries(1):
                list(provider(actor, now))

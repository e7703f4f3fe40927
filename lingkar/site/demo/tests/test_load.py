"""The demo loads whole, once, and its two governments do not see each other."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Role
from lingkar.directory.places import queries as places
from lingkar.directory.services import queries as services
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.exams.models import LateAnswer
from lingkar.grow.programmes import queries as programmes
from lingkar.grow.programmes.models import Participant
from lingkar.site.demo.city import LOGINS, PARTICIPANT, PASSWORD, RAWA_BENING, TELUK_KAWUNG
from lingkar.site.demo.fieldwork import COHORT
from lingkar.site.demo.load import load
from lingkar.site.home import SetupError

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
Account = get_user_model()


@pytest.fixture
def loaded(db, monkeypatch):
    """The two governments, without the reports of their citizens (see ``test_reports``)."""
    monkeypatch.setattr("lingkar.site.demo.load._reports", lambda *_: None)
    assert load(at=AT)


@pytest.mark.parametrize("government", [TELUK_KAWUNG, RAWA_BENING], ids=lambda government: government.code)
def test_each_government_has_exactly_its_own_rows(loaded, government):
    agency = Agency.objects.get(code=government.code)
    with agency_scope(agency.pk):
        assert {unit.code for unit in orgs.units_in(agency.pk)} == {row.code for row in government.units}
        villages = {village.name for district in places.districts() for village in district.villages}
        assert villages == {row.name for row in government.places if row.parent}
        known = [row.nip for row in government.people]
        classmates = Participant.objects.filter(cohort__code=COHORT).exclude(person__nip__in=known).count()
    assert Account.objects.filter(agency=agency).count() == len(government.people) + classmates


def test_there_is_a_login_that_holds_its_role_for_every_role(loaded):
    assert {login.role for login in LOGINS if login.role} == set(Role.values)
    for login in LOGINS:
        account = Account.objects.get(email=login.email)
        assert account.check_password(PASSWORD)
        held = [login.role] if login.role else []
        assert [grant.role for grant in people.actor_for(account, day=TODAY).grants] == held


def test_the_console_and_the_page_name_the_logins_alike(loaded):
    with agency_scope(Agency.objects.get(code=TELUK_KAWUNG.code).pk):
        agency = Agency.objects.get(code=TELUK_KAWUNG.code).pk
        logins = [*people.one_per_role(day=TODAY), *people.without_role(agency)]
        shown = [(login.label, login.account.email) for login in logins]
    assert shown == [(login.title, login.email) for login in LOGINS]


def test_loading_again_changes_nothing(loaded):
    before = Account.objects.count()
    assert not load(at=AT)
    assert Account.objects.count() == before


def test_nobody_has_a_name_to_sign_in_with_twice():
    people = [*TELUK_KAWUNG.people, *RAWA_BENING.people]
    assert len({person.nip for person in people}) == len({person.email for person in people}) == len(people)


def test_the_demo_never_opens_a_real_installation(loaded):
    Agency.objects.create(code="kota-sungguhan", name="Kota Sungguhan", host="lapor.contoh.id")
    with pytest.raises(SetupError, match="everybody may sign in"):
        load(at=AT)


def test_every_service_is_served_by_people(db, monkeypatch):
    monkeypatch.setattr("lingkar.site.demo.load._reports", lambda *_: None)
    assert load(at=AT, scale=1)
    agency = Agency.objects.get(code=TELUK_KAWUNG.code)
    with agency_scope(agency.pk):
        offered = list(services.published(day=TODAY))
        assert len(offered) == 20
        staffed = {row.service.code: services.staff_of(row.service_id, day=TODAY) for row in offered}
    assert [code for code, rows in staffed.items() if not any(row.people for row in rows)] == []
    assert {row.position.unit.kind for row in staffed["surat-kelurahan"]} == {"village"}
    assert not any(row.position.leads for row in staffed["ktp-el"])


def test_the_running_class_is_in_its_third_week(loaded):
    with agency_scope(Agency.objects.get(code=TELUK_KAWUNG.code).pk):
        by = Actor.system(Agency.objects.get(code=TELUK_KAWUNG.code).pk)
        cohort = programmes.cohort_for(by, COHORT).cohort
        book = programmes.marks_book(by, cohort, at=AT)
        assert next(line.so_far for line in book.lines if line.name.startswith(PARTICIPANT.name)) < 15
        quizzes = [line.marks[0].value for line in book.lines]
        assert 0.4 * len(quizzes) < len([mark for mark in quizzes if mark is not None]) < 0.95 * len(quizzes)
        assert any(cell.is_changed for line in book.lines for cell in line.marks), "somebody tried again"
        assert LateAnswer.objects.count() == 3
        held = [row for row in programmes.schedule_of(cohort) if row.starts_at <= AT]
        assert len(held) == 5
        assert all(0 < row.present < len(quizzes) for row in held)

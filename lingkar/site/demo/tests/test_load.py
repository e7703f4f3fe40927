"""The demo loads whole, once, its two governments do not see each other, and what is told of them obeys every rule.

Loaded small, once for all of these.
"""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Role
from lingkar.directory.people.queries import actor_for
from lingkar.directory.places import queries as places
from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.exams.models import UncountedAnswer
from lingkar.grow.programmes import queries as programmes
from lingkar.grow.programmes.models import Participant
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.models import Report, ReportState
from lingkar.site.demo.city import LOGINS, PARTICIPANT, PASSWORD, RAWA_BENING, TELUK_KAWUNG
from lingkar.site.demo.fieldwork import COHORT
from lingkar.site.demo.load import load
from lingkar.site.demo.reports import token_of
from lingkar.site.home import SetupError
from tests.city import RULES
from tests.rows import standing

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("small demo")]  # loaded once, for one worker

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
Account = get_user_model()
Entry = apps.get_model("reports", "Entry")


@pytest.fixture(scope="module")
def _stands(django_db_setup, django_db_blocker):
    with standing(lambda: load(at=AT), django_db_blocker):
        yield


@pytest.fixture
def loaded(_stands, db):
    """The two governments."""


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


def test_the_running_class_is_in_its_third_week(loaded):
    with agency_scope(Agency.objects.get(code=TELUK_KAWUNG.code).pk):
        by = Actor.system(Agency.objects.get(code=TELUK_KAWUNG.code).pk)
        cohort = programmes.cohort_for(by, COHORT).cohort
        book = programmes.marks_book(by, cohort, at=AT)
        assert next(line.so_far for line in book.lines if line.name.startswith(PARTICIPANT.name)) < 15
        quizzes = [line.marks[0].value for line in book.lines]
        assert 0.4 * len(quizzes) < len([mark for mark in quizzes if mark is not None]) < 0.95 * len(quizzes)
        assert any(cell.is_changed for line in book.lines for cell in line.marks), "somebody tried again"
        assert UncountedAnswer.objects.count() == 3
        held = [row for row in programmes.schedule_of(cohort) if row.starts_at <= AT]
        assert len(held) == 5
        assert all(0 < row.present < len(quizzes) for row in held)


# --- what citizens said


def seen_by(role):
    login = next(login for login in LOGINS if login.role == role)
    return actor_for(get_user_model().objects.get(email=login.email), day=TODAY)


def test_the_demo_has_a_report_for_everything_that_can_happen(loaded):
    with agency_scope(Agency.objects.get(code="teluk-kawung").pk):
        coordinator, inspector = seen_by("coordinator"), seen_by("inspector")
        cases = list(queries.queue(coordinator, today=TODAY, state="all"))
        sealed = list(queries.queue(inspector, today=TODAY, state="all"))
        assert {case.state for case in [*cases, *sealed]} == set(ReportState)
        assert len(cases) + len(sealed) == 98  # 49 told by hand, 49 made up
        assert len(sealed) >= 5
        assert all(case.is_sealed for case in sealed)
        assert queries.queue_counts(coordinator, today=TODAY)["overdue"].count >= 4
        assert queries.published().count() >= 15
        assert queries.overdue_published(today=TODAY).exists()
        assert any(case.is_anonymous for case in cases)
        assert any(case.is_secret for case in cases)
        assert any(case.reopened for case in cases)
        assert max(case.received_at for case in cases) < AT
        visitor = Actor.visitor(coordinator.agency)
        receipt = services.send_report(token=token_of("ktp-fotokopi"), by=visitor, at=AT)  # sent before
        mine = queries.by_key(receipt.code, today=TODAY)
        assert mine.report.rating == 5


def test_the_neighbour_has_a_life_of_its_own(loaded):
    """Its reports, services and answers are there, in its own words, and nothing of the city's stands in them."""
    with agency_scope(Agency.objects.get(code="rawa-bening").pk):
        rows = list(Report.objects.prefetch_related("entries"))
        words = " ".join([row.text for row in rows] + [entry.text for row in rows for entry in row.entries.all()])
        assert len(rows) == 40
        assert {"rated", "silent", "in_progress"} <= {row.state for row in rows}
        assert queries.published().count() >= 15
        assert catalogue.published(day=TODAY).count() == 3
    for strange in ("Teluk Kawung", "Kawung Hil", "pompong", "pemkot", "{", "|"):
        assert strange.lower() not in words.lower()
    assert any(word in words for word in ("ulun", "kada", "banyu"))


# --- as the services would have it


def test_the_small_city_obeys_the_rules(loaded):
    assert [fault for check in RULES for fault in check()] == []
    with agency_scope(Agency.objects.get(code="teluk-kawung").pk):
        made_up = Report.objects.exclude(deadline_rule="").count()
        assert made_up == 98


def test_taking_over_goes_the_same_way_as_the_services(loaded):
    """Told by hand through the services, and once more through ``take_over``: the same rows."""
    agency = Agency.objects.get(code="teluk-kawung")
    with agency_scope(agency.pk):
        cases = Report.objects.exclude(receipt_key="").filter(reopened__gt=0).order_by("number")
        first = cases.first()
        before = _shape(first)
        again = _as_past(first)
        desk = services.Desk(agency.pk, on=AT.date())
        services.take_over(cases=[again], desk=desk, by=Actor.system(agency.pk), at=AT)
        assert _shape(Report.objects.get(pk=again.id)) == before


FIELDS = (
    "text", "text_shown", "place_id", "location_shown", "is_anonymous", "is_secret", "is_sealed", "category_id",
    "proposal", "unit_id", "state", "revision", "received_at", "first_due", "due", "deadline_rule",
    "first_answered_at", "closed_at", "reopen_until", "reopened", "published_at", "rating", "rating_note",
)  # fmt: skip
LINES = ("kind", "is_internal", "text", "text_shown", "by", "unit_id", "to_unit_id", "rating", "due_after")


def _shape(report):
    history = Entry.objects.filter(report=report).order_by("at", "id")
    return {name: getattr(report, name) for name in FIELDS}, [
        tuple(getattr(entry, name) for name in LINES) for entry in history
    ]


def _as_past(report):
    """A case as it would be brought from elsewhere: only what was said and done."""
    acts = []
    for entry in Entry.objects.filter(report=report).order_by("at", "id"):
        if entry.kind not in ("received", "lapsed"):
            files = list(entry.proofs.values_list("file", flat=True))
            acts.append(
                services.PastAct(
                    kind=entry.kind,
                    at=entry.at,
                    by=entry.by,
                    text=entry.text,
                    to_unit=entry.to_unit_id,
                    rating=entry.rating or 0,
                    proofs=files,
                )
            )
    return services.PastCase(
        token="again",
        text=report.text,
        received_at=report.received_at,
        number=90_001,
        place=report.place_id,
        location=report.location,
        anonymous=report.is_anonymous,
        secret=report.is_secret,
        acts=acts,
    )

"""The chain is kept by the database and every alteration is found."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.audit import queries, services
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    agency = Agency.objects.create(code="kota", name="Kota")
    by = Actor.system(agency.pk)
    with agency_scope(agency.pk):
        for number in range(6):
            services.record(by, "test.happened", agency, at=timezone.now(), number=number)
        settle()
        yield agency


def settle() -> None:
    """Run what the database does at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_an_untouched_chain_verifies(agency):
    state = queries.verify_chain(agency.pk)
    assert (state.count, state.faults) == (6, ())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditentry SET content = replace(content, 'happened', 'hidden') WHERE position = 3",
        "UPDATE audit_auditentry SET verb = 'test.hidden' WHERE position = 3",
        "UPDATE audit_auditentry SET at = at + interval '1 hour' WHERE position = 3",
        "DELETE FROM audit_auditentry WHERE position = 3",
        "DELETE FROM audit_auditentry WHERE position = 6",
        "UPDATE audit_auditentry SET position = 10 WHERE position = 6",
    ],
)
def test_an_alteration_is_found(agency, sql):
    tamper(sql)
    assert queries.verify_chain(agency.pk).faults


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_past(agency, act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows = AuditEntry.objects.filter(position=2)
        rows.update(verb="x") if act == "update" else rows.delete()


def test_free_text_is_refused(agency):
    with pytest.raises(ValueError, match="free text"):
        services.record(Actor.system(agency.pk), "test.x", agency, at=timezone.now(), note="x" * 81)

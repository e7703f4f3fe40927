"""Record people who stand in the staging table of an import, by statements of the database alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.orgs import services as tree
from lingkar.directory.people import access
from lingkar.directory.people.events import PeopleAdded
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.locks import hold_alone
from lingkar.foundation.tenancy.models import Agency

UNITS = """
    SELECT DISTINCT (values->>'unit_id')::uuid FROM imports_stagedrow
    WHERE source_id = %(source)s AND outcome = 'new' AND values ? 'unit_id'
"""
PERSONS = """
    INSERT INTO people_person (id, agency_id, kind, nip, name, birth_place, birth_date, sex, golongan, education, email,
        phone, institution, status, email_by)
    SELECT target, agency_id, values->>'kind', values->>'nip', values->>'name', coalesce(values->>'birth_place', ''),
        (values->>'birth_date')::date, coalesce(values->>'sex', ''), coalesce(values->>'golongan', ''),
        coalesce(values->>'education', ''), coalesce(values->>'email', ''), coalesce(values->>'phone', ''),
        coalesce(values->>'institution', ''), 'active',
        CASE WHEN coalesce(values->>'email', '') <> '' THEN %(by)s::uuid END
    FROM imports_stagedrow
    WHERE source_id = %(source)s AND agency_id = %(agency)s AND outcome = 'new' AND id BETWEEN %(first)s AND %(last)s
"""
PLACEMENTS = """
    INSERT INTO people_placement (id, agency_id, person_id, unit_id, title, is_main, valid_from)
    SELECT target, agency_id, target, (values->>'unit_id')::uuid, coalesce(values->>'title', ''), true,
        (values->>'since')::date
    FROM imports_stagedrow
    WHERE source_id = %(source)s AND agency_id = %(agency)s AND outcome = 'new' AND id BETWEEN %(first)s AND %(last)s
        AND values ? 'unit_id'
    ORDER BY target
"""
"""Neighbours come together, and a first placement takes the id of its person: ids that come in order make indexes that
are written once."""
ENDS = "SELECT min(id), max(id) FROM imports_stagedrow WHERE source_id = %(source)s AND agency_id = %(agency)s"
AT_ONCE = 50_000
"""Lines whose persons are recorded before their placements: few enough that the pages of the persons, which each
placement locks, are still in memory."""
OUTSIDE = """
    WITH given AS (
        SELECT agency_id, coalesce(values->>'email', '') AS email, lower(values->>'name') AS name,
            lower(coalesce(values->>'institution', '')) AS institution
        FROM imports_stagedrow
        WHERE source_id = %(source)s AND agency_id = %(agency)s AND outcome = 'new' AND NOT values ? 'nip'
    ), known AS (
        SELECT email, lower(name) AS name, lower(institution) AS institution FROM people_person
        WHERE agency_id = %(agency)s AND kind = 'external'
    )
    SELECT EXISTS (SELECT FROM given g JOIN known k ON k.email = g.email WHERE g.email <> '')
        OR EXISTS (SELECT FROM given g JOIN known k USING (name, institution) WHERE g.email = '')
"""
MANY = 5_000
ROOM = "SET LOCAL work_mem = '128MB'; SET LOCAL gin_pending_list_limit = '64MB'"
"""The words of many names are put into the search indexes together, not 4 MB by 4 MB."""
TIDY = "SELECT gin_clean_pending_list('person_spellings'), gin_clean_pending_list('person_words')"
"""Nobody who searches afterwards reads through what was only noted."""


@transaction.atomic
def add_staged_people(*, source: UUID, count: int, by: Actor, at: datetime) -> None:
    """Record the new people of an import, which its check found in order: all of them, or none; one audit line.

    ``Refused`` when it is no longer so: a number was taken or a unit ended meanwhile, or ``by`` may no longer.
    """
    access.demand_records(by)
    tree.hold_tree(by.agency)
    given = {"source": source, "agency": by.agency, "by": by.person}
    with connection.cursor() as cursor:
        cursor.execute(UNITS, given)
        _check_units({row[0] for row in cursor.fetchall()}, by=by, at=at)
        hold_alone("people.staged", by.agency)  # no number tells people from outside apart, so no index does it
        cursor.execute(OUTSIDE, given)
        if cursor.fetchone()[0]:
            raise Refused("people.moved_on")
        try:
            with transaction.atomic():
                if count >= MANY:
                    cursor.execute(ROOM)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                written = _write_rows(cursor, given)
                if count >= MANY:
                    cursor.execute(TIDY)
        except IntegrityError:
            raise Refused("people.nip_known") from None
    if written != count:
        raise Refused("people.moved_on")
    record(by, "people.people_added", Agency(pk=by.agency), at=at, count=count)
    publish(PeopleAdded(agency=by.agency, count=count, at=at))


def _write_rows(cursor: Any, given: dict[str, Any]) -> int:
    """How many persons were recorded, each with a placement when the line names a unit."""
    written = 0
    cursor.execute(ENDS, given)
    first, last = cursor.fetchone()
    for line in range(first or 0, (last or -1) + 1, AT_ONCE):
        part = given | {"first": line, "last": line + AT_ONCE - 1}
        cursor.execute(PERSONS, part)
        written += cursor.rowcount
        cursor.execute(PLACEMENTS, part)
    return written


def _check_units(units: set[UUID], *, by: Actor, at: datetime) -> None:
    there = {unit.pk: unit.path for unit in orgs.units_in(by.agency, day=timezone.localdate(at)) if not unit.valid_to}
    if any(unit not in there or not access.keeps_records(by, there[unit]) for unit in units):
        raise Refused("people.unit_unknown")

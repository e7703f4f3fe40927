"""Two main placements of one person never share a day, whoever writes them, by bare SQL and at the same moment."""

from datetime import date, timedelta
from threading import Thread
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lingkar.directory.people.models import Person, Placement
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import NOW

FIRST = date(2020, 1, 1)
ADD = (
    "INSERT INTO people_placement (id, agency_id, person_id, unit_id, title, is_main, valid_from, valid_to) "
    "VALUES (%s, %s, %s, %s, '', %s, %s, %s)"
)
CHANGE = "UPDATE people_placement SET valid_from = %s, valid_to = %s, is_main = %s, person_id = %s WHERE id = %s"
MANY = (
    "INSERT INTO people_placement (id, agency_id, person_id, unit_id, title, is_main, valid_from, valid_to) "
    "SELECT gen_random_uuid(), %s, %s, %s, '', main, since, until "
    "FROM unnest(%s::bool[], %s::date[], %s::date[]) AS t (main, since, until)"
)


@pytest.fixture
def two(kota):
    """Two people without any placement."""
    return [Person.objects.create(agency=kota.agency, kind="external", name=name) for name in ("Siti", "Budi")]


def days(span):
    start, length = span
    first = FIRST + timedelta(days=start)
    return first, None if length is None else first + timedelta(days=length)


spans = st.tuples(st.integers(0, 12), st.none() | st.integers(0, 4)).map(days)
acts = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 1), st.booleans(), spans),
    st.tuples(st.just("change"), st.integers(0, 1), st.booleans(), spans, st.integers(0, 20)),
    st.tuples(st.just("many"), st.integers(0, 1), st.lists(st.tuples(st.booleans(), spans), max_size=4)),
)


def written(kota, two, act):
    """Do it by bare SQL; False when the database refused."""
    agency, unit, person = kota.agency.pk, kota.units["pupr"].pk, two[act[1]].pk
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if act[0] == "add":
                cursor.execute(ADD, [uuid4(), agency, person, unit, act[2], *act[3]])
            elif act[0] == "many":
                mains = [main for main, _ in act[2]]
                froms, untils = [first for _, (first, _) in act[2]], [last for _, (_, last) in act[2]]
                cursor.execute(MANY, [agency, person, unit, mains, froms, untils])
            elif ids := list(Placement.objects.order_by("pk").values_list("pk", flat=True)):
                cursor.execute(CHANGE, [*act[3], act[2], person, ids[act[4] % len(ids)]])
    except IntegrityError as no:
        if "placement_one_main_at_a_time" not in str(no):
            raise
        return False
    return True


def doubled():
    """Days on which somebody has two main placements, counted day by day."""
    counts: dict[tuple[object, date], int] = {}
    for person, first, last in Placement.objects.filter(is_main=True).values_list("person", "valid_from", "valid_to"):
        day = first
        while day <= (last or FIRST + timedelta(days=40)):
            counts[person, day] = counts.get((person, day), 0) + 1
            day += timedelta(days=1)
    return {key for key, count in counts.items() if count > 1}


@given(st.lists(acts, max_size=14))
@settings(max_examples=60)
def test_no_writing_makes_two_on_one_day_and_none_that_is_right_is_refused(kota, two, plan):
    with transaction.atomic():
        for act in plan:
            before = list(Placement.objects.values_list("pk", "person", "is_main", "valid_from", "valid_to"))
            if written(kota, two, act):
                assert not doubled()
                continue
            with transaction.atomic(), connection.cursor() as cursor:  # what was refused would have doubled a day
                cursor.execute("SET LOCAL session_replication_role = replica")
                assert written(kota, two, act)
                assert doubled()
                transaction.set_rollback(True)
            assert list(Placement.objects.values_list("pk", "person", "is_main", "valid_from", "valid_to")) == before
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "other", [(FIRST + timedelta(days=5), None), (FIRST + timedelta(days=5), FIRST + timedelta(days=6))]
)
@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_do_not_make_two(kota, other):
    with agency_scope(kota.agency.pk):
        person = Person.objects.create(agency=kota.agency, kind="external", name="Siti")
    given_to = [kota.agency.pk, person.pk, kota.units["pupr"].pk, True]
    parameters = {
        k: v
        for k, v in connection.get_connection_params().items()
        if k in ("host", "port", "dbname", "user", "password")
    }
    outcome: list[str] = []

    def second():
        with psycopg.connect(**parameters) as line:
            try:
                line.execute(ADD, [uuid4(), *given_to, *other])
                outcome.append("written")
            except psycopg.errors.ExclusionViolation:
                outcome.append("refused")
                line.rollback()

    with psycopg.connect(**parameters) as first:
        first.execute(ADD, [uuid4(), *given_to, FIRST, None])
        beside = Thread(target=second)
        beside.start()
        waits(first)
        assert outcome == []
        first.commit()
        beside.join(10)
    assert outcome == ["refused"]
    with agency_scope(kota.agency.pk):
        assert Placement.objects.count() == 1


def waits(line):
    """Until another connection waits for what this one holds."""
    for _ in range(2000):
        if line.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        ).fetchone()[0]:
            return
        line.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.005)")
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_who_would_not_see_what_others_wrote_writes_no_main_placement(kota):
    with agency_scope(kota.agency.pk):
        person = Person.objects.create(agency=kota.agency, kind="external", name="Siti")
    with transaction.atomic(), connection.cursor() as cursor, pytest.raises(Exception, match="repeatable read"):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(ADD, [uuid4(), kota.agency.pk, person.pk, kota.units["pupr"].pk, True, NOW.date(), None])
        transaction.set_rollback(True)

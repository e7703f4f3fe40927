"""Cohorts for tests, made through the face of the module."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from lingkar.directory.people.models import Person
from lingkar.directory.people.queries import actor_for
from lingkar.directory.people.services import PersonFacts, add_person
from lingkar.grow.programmes import keys, queries, services
from lingkar.grow.programmes.models import Cohort, Participant
from lingkar.grow.programmes.services import CohortFacts, NewParticipant, NewSession, NewSubject
from tests.fixtures import NOW, signed_in

TODAY = NOW.date()
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def learner(city, name="Sari Wahyuni", *, unit="dukcapil", account=None) -> Person:
    """Somebody of the agency; ``account``: with which they sign in."""
    serial = Person.objects.count() + 1
    facts = PersonFacts(kind="cpns", name=name, nip=f"199804122025042{serial:03}")
    made = add_person(facts=facts, unit=city.units[unit].pk, title="Analis", since=FIRST, by=city.system, at=NOW)
    if account:
        made.account = account
        made.save(update_fields=["account"])
    return made


def outsider(city, name="Made Arta") -> Person:
    """Somebody of another institution, without NIP."""
    facts = PersonFacts(kind="external", name=name, institution="PT Air Kawung")
    return add_person(facts=facts, by=city.system, at=NOW)


def actor(person: Person):
    """Somebody as they act."""
    assert person.account is not None
    return actor_for(person.account, day=TODAY)


def browser(person: Person):
    """A browser of somebody with an account."""
    assert person.account is not None
    return signed_in(person.account)


def facts(**more) -> CohortFacts:
    told: dict[str, Any] = {"title": "PKTBT Angkatan I", "seats": 52, "first_day": FIRST, "last_day": LAST}
    return CohortFacts(**told | more)


def subjects(city) -> list[NewSubject]:
    office = city.units["dukcapil"].pk
    return [
        NewSubject("administrative", "Tata naskah dinas", 12),
        NewSubject("substantive", "Pelayanan di loket", 24, unit=office),
    ]


def cohort(city, people=(), *, code="pktbt-1", runs=True, at: datetime = NOW, **more) -> Cohort:
    """A running cohort of PKTBT with these people."""
    by = city.system
    services.load_types(by=by, at=at)
    made = services.open_cohort(type="pktbt", code=code, facts=facts(**more), subjects=subjects(city), by=by, at=at)
    services.take_participants(cohort=made.pk, by=by, at=at)
    rows = [NewParticipant(person.pk) for person in people]
    services.add_participants(cohort=made.pk, people=rows, by=by, at=at)
    if runs and people:
        services.start_cohort(cohort=made.pk, by=by, at=at)
    made.refresh_from_db()
    return made


def session(city, made: Cohort, *, start: datetime = NOW, trainer: Person | None = None, room="Aula"):
    """A session of two hours that begins at ``start``."""
    subject = queries.subjects_of(made.pk)[0].pk
    new = NewSession(subject, start, start + timedelta(hours=2), room, trainer.pk if trainer else None)
    return services.plan_session(cohort=made.pk, session=new, by=city.system, at=NOW)


def participant(made: Cohort, person: Person) -> Participant:
    return Participant.objects.get(cohort=made, person=person)


def mark_all(city, made: Cohort, value="85", *, but=()):
    """Everybody has the same mark in each component."""
    rows = Participant.objects.filter(cohort=made).exclude(person__in=[person.pk for person in but])
    for component in queries.scheme_of(made).components:
        values = [(row.pk, Decimal(value)) for row in rows]
        services.mark_many(cohort=made.pk, component=component.code, values=values, by=city.system, at=NOW)


def sample(city, unit: str, person: Person) -> Participant:
    """Somebody of a unit who takes part in a running cohort with a session, for the table of doors."""
    by, office = city.system, city.units[unit].pk
    services.load_types(by=by, at=NOW)
    made = services.open_cohort(
        type="bimtek", code=f"bimtek-{unit}-{city.agency.code}", facts=facts(),
        subjects=[NewSubject("substantive", "Loket", 8, unit=office)], by=by, at=NOW,
    )  # fmt: skip
    services.take_participants(cohort=made.pk, by=by, at=NOW)
    services.add_participants(cohort=made.pk, people=[NewParticipant(person.pk)], by=by, at=NOW)
    services.start_cohort(cohort=made.pk, by=by, at=NOW)
    session(city, made, room="")
    return Participant.objects.select_related("cohort").get(cohort=made)


def token(row: Participant) -> str:
    """What the QR of their session says now."""
    return keys.token_for(row.cohort.sessions.get().pk, NOW)


def samples(somebody) -> dict[str, Any]:
    """Arguments of the routes of programmes; ``somebody`` makes a person for a place in the world."""

    def taking_part(where) -> Participant:
        key = f"participation {where.unit}"
        if key not in where.city.samples:
            where.city.samples[key] = sample(where.city, where.unit, somebody(where))
        found: Participant = where.city.samples[key]
        return found

    return {
        "programmes:*.code": lambda where: taking_part(where).cohort.code,
        "programmes:*.participant": lambda where: taking_part(where).pk,
        "programmes:*.session": lambda where: taking_part(where).cohort.sessions.get().pk,
        "programmes:*.number": lambda where: 1,
        "programmes:*.token": lambda where: token(taking_part(where)),
    }

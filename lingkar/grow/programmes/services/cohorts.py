"""Kinds of programmes, and a cohort from its preparation until it runs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.grow.programmes import access, rules, schemes
from lingkar.grow.programmes.models import Cohort, CohortUnit, Mark, Participant, ProgrammeType, Session, Subject
from lingkar.grow.programmes.rules import Scheme, State, Taught
from lingkar.grow.programmes.services import learning


@dataclass(frozen=True)
class CohortFacts:
    """What is told of a cohort."""

    title: str
    seats: int
    first_day: date
    last_day: date
    place: str = ""
    service: UUID | None = None
    competencies: tuple[str, ...] = ()
    units: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class NewSubject:
    """A subject as it is brought in. ``unit``: the office that made it; ``course`` and ``quiz``: their codes."""

    part: str
    title: str
    jp: int
    unit: UUID | None = None
    course: str = ""
    quiz: str = ""


@transaction.atomic
def put_type(*, code: str, title: str, scheme: Scheme, by: Actor, at: datetime) -> ProgrammeType:
    """A kind of programme, new or changed. Cohorts that exist keep the scheme with which they were made."""
    access.demand(by)
    rules.check_scheme(scheme)
    item, _is_new = ProgrammeType.objects.update_or_create(
        agency_id=by.agency, code=code, defaults={"title": title, "scheme": schemes.kept(scheme)}
    )
    record(by, "programmes.type_put", item, at=at, code=code)
    return item


@transaction.atomic
def load_types(*, by: Actor, at: datetime) -> int:
    """The kinds that ship, where the agency has none of that code yet. Returns how many are new."""
    access.demand(by)
    known = set(ProgrammeType.objects.values_list("code", flat=True))
    new = [item for item in schemes.shipped() if item.code not in known]
    rows = ProgrammeType.objects.bulk_create(
        ProgrammeType(agency_id=by.agency, code=it.code, title=it.name, scheme=schemes.kept(it.scheme)) for it in new
    )
    if rows:
        record(by, "programmes.types_loaded", Agency.objects.get(pk=by.agency), at=at, count=len(rows))
    return len(rows)


@transaction.atomic
def open_cohort(
    *,
    type: str,  # noqa: A002
    code: str,
    facts: CohortFacts,
    subjects: Sequence[NewSubject] = (),
    by: Actor,
    at: datetime,
) -> Cohort:
    """A cohort in preparation, with the scheme of its kind. Nobody else sees it yet.

    ``Refused("programmes.code_taken")`` when another cohort has the code.
    """
    access.demand(by)
    kind = ProgrammeType.objects.filter(code=type).first()
    if kind is None:
        raise Refused("programmes.type_unknown", kind=type[:40])
    item = Cohort(agency_id=by.agency, type=kind, code=code.lower(), scheme=kind.scheme)
    _tell(item, facts, taken=0)
    item.full_clean(exclude=["agency", "service"], validate_constraints=False)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        raise Refused("programmes.code_taken") from None
    _set_units(item, facts.units)
    _put_subjects(item, subjects)
    record(by, "programmes.cohort_added", item, at=at, type=type)
    return item


@transaction.atomic
def change_cohort(*, cohort: UUID, facts: CohortFacts, by: Actor, at: datetime) -> None:
    """Tell something else of a cohort that is not closed. Seats never fall below the people in it, and its days never
    leave a session out that is planned or was held.
    """
    item = access.fetch_cohort(by, cohort, lock=True)
    rules.check_taking_part(State(item.state))
    rules.check_sessions(_session_days(item), first=facts.first_day, last=facts.last_day)
    _tell(item, facts, taken=_taken(item))
    item.full_clean(exclude=["agency", "service"], validate_constraints=False)
    item.save()
    _set_units(item, facts.units)
    record(by, "programmes.cohort_changed", item, at=at)


@transaction.atomic
def add_subjects(*, cohort: UUID, subjects: Sequence[NewSubject], by: Actor, at: datetime) -> None:
    """Subjects after those that are there. Hours are checked when the cohort is opened, and from then on each time."""
    item = access.fetch_cohort(by, cohort, lock=True)
    rules.check_taking_part(State(item.state))
    _put_subjects(item, subjects)
    if item.state != State.DRAFT:
        rules.check_hours(schemes.read(item.scheme), taught(item))
    learning.enrol_all(item, by=by, at=at)
    record(by, "programmes.subjects_added", item, at=at, count=len(subjects))


@transaction.atomic
def set_weights(*, cohort: UUID, weights: Mapping[str, Decimal], by: Actor, at: datetime) -> None:
    """Other weights for this cohort, before its first mark. ``Refused("programmes.weights")`` unless they make 100."""
    item = access.fetch_cohort(by, cohort, lock=True)
    rules.check_taking_part(State(item.state))
    if Mark.objects.filter(participant__cohort=item).exists():
        raise Refused("programmes.marks_given")
    scheme = schemes.read(item.scheme)
    components = tuple(replace(it, weight=weights.get(it.code, it.weight)) for it in scheme.components)
    changed = replace(scheme, components=components)
    rules.check_scheme(changed)
    item.scheme = schemes.kept(changed)
    item.save(update_fields=["scheme"])
    record(by, "programmes.weights_set", item, at=at)


@transaction.atomic
def take_participants(*, cohort: UUID, by: Actor, at: datetime) -> None:
    """Open a cohort that was prepared: its hours must fit its scheme. From now on its people see it and learn from the
    courses of its subjects.
    """
    item = access.fetch_cohort(by, cohort, lock=True)
    rules.check_move(State(item.state), State.OPEN)
    rules.check_hours(schemes.read(item.scheme), taught(item))
    _move(item, State.OPEN, by=by, at=at)
    learning.enrol_all(item, by=by, at=at)


@transaction.atomic
def start_cohort(*, cohort: UUID, by: Actor, at: datetime) -> None:
    """It begins. An empty one does not."""
    item = access.fetch_cohort(by, cohort, lock=True)
    rules.check_move(State(item.state), State.RUNNING)
    if not _taken(item):
        raise Refused("programmes.nobody_there")
    _move(item, State.RUNNING, by=by, at=at)
    learning.enrol_all(item, by=by, at=at)


def taught(item: Cohort) -> Collection[Taught]:
    """The subjects of a cohort as the check of hours needs them."""
    rows = Subject.objects.filter(cohort=item).values_list("part", "jp", "unit")
    return [Taught(part, jp, unit is not None) for part, jp, unit in rows]


def _session_days(item: Cohort) -> list[tuple[date, date]]:
    """The days on which its sessions begin and end, where the agency lies."""
    rows = Session.objects.filter(cohort=item).values_list("starts_at", "ends_at")
    return [(timezone.localdate(start), timezone.localdate(end)) for start, end in rows]


def _move(item: Cohort, state: State, *, by: Actor, at: datetime) -> None:
    item.state = state
    item.save(update_fields=["state"])
    record(by, f"programmes.cohort_{state}", item, at=at)


def _taken(item: Cohort) -> int:
    return Participant.objects.filter(cohort=item).exclude(standing=rules.Standing.WITHDRAWN).count()


def _tell(item: Cohort, facts: CohortFacts, *, taken: int) -> None:
    rules.check_days(facts.first_day, facts.last_day)
    rules.check_seats(facts.seats, taken=taken)
    if facts.service and catalogue.service_of(facts.service) is None:
        raise Unseen
    item.title, item.seats, item.place = facts.title, facts.seats, facts.place
    item.first_day, item.last_day = facts.first_day, facts.last_day
    item.service_id = facts.service
    item.competencies = list(facts.competencies)


def _set_units(item: Cohort, units: Collection[UUID]) -> None:
    wanted = set(units)
    if wanted and len(orgs.names_of(wanted)) != len(wanted):
        raise Unseen
    rows = CohortUnit.objects.filter(cohort=item)
    rows.exclude(unit__in=wanted).delete()
    there = set(rows.values_list("unit", flat=True))
    CohortUnit.objects.bulk_create(
        CohortUnit(agency_id=item.agency_id, cohort=item, unit_id=unit) for unit in wanted - there
    )


def _put_subjects(item: Cohort, subjects: Sequence[NewSubject]) -> None:
    scheme = schemes.read(item.scheme)
    last = Subject.objects.filter(cohort=item).count()
    rows = []
    for number, new in enumerate(subjects, start=last + 1):
        scheme.part(new.part)
        row = Subject(
            agency_id=item.agency_id, cohort=item, number=number, part=new.part, title=new.title, jp=new.jp,
            unit_id=new.unit, course=new.course, quiz=new.quiz,
        )  # fmt: skip
        row.full_clean(exclude=["agency", "cohort", "unit"], validate_constraints=False)
        rows.append(row)
    Subject.objects.bulk_create(rows)

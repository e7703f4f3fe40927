"""Where answers are collected: counters, how many answers a period needs, the questionnaire in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from lingkar.directory.orgs.queries import unit_coded
from lingkar.directory.services.queries import service_coded, transactions_between
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.listen.surveys import access, instruments, keys, rules
from lingkar.listen.surveys.models import Counter, Instrument, Invitation, Response
from lingkar.listen.surveys.parameters import MARGIN
from lingkar.listen.surveys.rules import Question, Unsur


@dataclass(frozen=True)
class Asked:
    """The questionnaire in force: its version and questions."""

    version: str
    source: str
    questions: tuple[Question, ...]


def instrument_on(day: date) -> Asked:
    """The questionnaire in force on ``day``: the agency's newest, else the national one that comes along."""
    row = Instrument.objects.filter(valid_from__lte=day).order_by("-valid_from", "-version").first()
    if row is None:
        return Asked(instruments.NATIONAL, instruments.SOURCE, instruments.QUESTIONS)
    return Asked(row.version, row.source, questions_of(row))


def instrument_asked(version: str, *, day: date) -> Asked:
    """The questionnaire that a page was opened with: ``version``, while it was in force on ``day`` or the day before;
    else the one in force now.
    """
    now = instrument_on(day)
    if version in ("", now.version):
        return now
    before = instrument_on(day - timedelta(days=1))
    return before if version == before.version else now


def questions_of(row: Instrument) -> tuple[Question, ...]:
    """The questions of a stored version."""
    return tuple(Question(Unsur(it["unsur"]), it["text"], tuple(it["options"])) for it in row.questions)


@dataclass(frozen=True, slots=True)
class CounterLine:
    """A counter as lists show it."""

    id: UUID
    service_id: UUID
    unit_id: UUID
    code: str = column("service__code")
    name: str = column("service__name")
    unit_code: str = column("unit__code")
    unit_name: str = column("unit__name")


def counters(by: Actor) -> "QuerySet[Counter, CounterLine]":
    """The counters at which ``by`` collects answers, by service and unit."""
    return plain(access.visible(by).order_by("service__name", "unit__name", "pk"), CounterLine)


def counters_of(service: UUID) -> list[CounterLine]:
    """Where a service is given, as everybody may know."""
    return list(plain(Counter.objects.filter(service=service).order_by("unit__name"), CounterLine))


@dataclass(frozen=True)
class Place:
    """What somebody rates: a service and the unit that gave it."""

    service: UUID
    name: str
    code: str
    unit: UUID
    unit_name: str
    unit_code: str


def counter_at(code: str, unit: str = "", *, day: date) -> Place | None:
    """What is rated under a service's code, and a unit's. Nothing for a service that is not offered.

    A unit that has no counter of this service is nobody's: the unit that serves is meant then.
    """
    version = service_coded(code, day=day)
    if version is None:
        return None
    service, found = version.service, unit_coded(unit) if unit else None
    if found is None or not Counter.objects.filter(service=service, unit=found).exists():
        found = version.unit
    return Place(service.pk, version.name, service.code, found.pk, found.name, found.code)


def may_open(by: Actor, path: str) -> bool:
    """Whether ``by`` may set up a counter at the unit at ``path``."""
    return by.is_system or by.may(access.Action.COLLECT, path)


def visit_of(token: str) -> keys.Visit | None:
    """What a token says; nothing for one that was not written here."""
    return keys.visit_of(token)


def was_used(token: str) -> bool:
    """Whether a token was answered with before."""
    visit = keys.visit_of(token)
    return visit is not None and Invitation.objects.filter(key=keys.key_of(visit.once)).exists()


@dataclass(frozen=True)
class Quota:
    """How many answers a service has in a period, how often it was used, and how many answers that needs.

    ``users`` and ``needed`` are None where nobody said how often the service was used.
    """

    collected: int
    users: int | None
    needed: int | None

    @property
    def missing(self) -> int:
        return max(0, (self.needed or 0) - self.collected)


def quotas(services: Iterable[UUID], *, agency: UUID, first: date, last: date) -> dict[UUID, Quota]:
    """Each service's answers against the table of Krejcie and Morgan, for a period of whole months. Three queries."""
    wanted: Sequence[UUID] = list(services)
    rows = Response.objects.filter(service__in=wanted, day__range=(first, last)).order_by()
    collected = dict(rows.values_list("service_id").annotate(n=Count("pk")))
    users: dict[UUID, int] = {}
    for (service, _month), count in transactions_between(first.replace(day=1), last).items():
        users[service] = users.get(service, 0) + count
    margin = float(value(MARGIN, agency=agency, on=last))
    return {
        service: Quota(
            collected.get(service, 0),
            users.get(service),
            rules.sample_size(users[service], margin=margin) if service in users else None,
        )
        for service in wanted
    }

"""Who was trained in what, and when: for needs, plans and effects."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.programmes.models import Cohort, CohortState, CohortUnit, Participant, Standing, Subject


@dataclass(frozen=True, slots=True)
class Trained:
    """Somebody who passed. ``unit``: where they worked when they joined; ``first_day``: when their training began."""

    person: UUID = column("person_id")  # noqa: RUF009
    unit: UUID | None = column("unit_id")  # noqa: RUF009
    competencies: list[str] = column("cohort__competencies")  # noqa: RUF009
    finished_on: date = column("finished_on")  # noqa: RUF009
    cohort: UUID = column("cohort_id")  # noqa: RUF009
    first_day: date = column("cohort__first_day")  # noqa: RUF009
    service: UUID | None = column("cohort__service_id")  # noqa: RUF009


def trained(service: UUID | None = None) -> list[Trained]:
    """Everybody who passed, in the order of time; only cohorts that are for a service when one is given."""
    rows = Participant.objects.filter(standing=Standing.PASSED, person__erased_at__isnull=True)
    if service:
        rows = rows.filter(cohort__service=service)
    return list(plain(rows.order_by("finished_on", "pk"), Trained))


@dataclass(frozen=True, slots=True)
class Held:
    """A training for a service that runs or is over: its hours, how many take part, how many passed."""

    cohort: UUID = column("pk")  # noqa: RUF009
    service: UUID = column("service_id")  # noqa: RUF009
    code: str = column("code")
    title: str = column("title")
    state: str = column("state")
    first_day: date = column("first_day")  # noqa: RUF009
    last_day: date = column("last_day")  # noqa: RUF009
    hours: int | None = column("hours")
    taking_part: int = column("taking_part")
    passed: int = column("passed")


def held_for_services() -> list[Held]:
    """Every training that is meant for a service and has begun, the newest first: for modules above. One query."""
    rows = Cohort.objects.filter(service__isnull=False, state__in=(CohortState.RUNNING, CohortState.CLOSED))
    subjects = Subject.objects.filter(cohort=OuterRef("pk")).order_by().values("cohort")
    there = ~Q(participants__standing=Standing.WITHDRAWN) & Q(participants__isnull=False)
    rows = rows.annotate(
        hours=Subquery(subjects.annotate(total=Sum("jp")).values("total")),
        taking_part=Count("participants", filter=there),
        passed=Count("participants", filter=Q(participants__standing=Standing.PASSED)),
    )
    return list(plain(rows.order_by("-last_day", "code"), Held))


def first_days(service: UUID) -> dict[UUID, date]:
    """When the first training for a service begins at each unit, prepared ones too: for the units that a cohort is
    for; where it names none, for those where its people worked when they joined. Two queries.
    """
    named = CohortUnit.objects.filter(cohort__service=service).values_list("unit", "cohort__first_day")
    joined = Participant.objects.filter(cohort__service=service, cohort__units__isnull=True, unit__isnull=False)
    there = joined.exclude(standing=Standing.WITHDRAWN).values_list("unit", "cohort__first_day").distinct()
    found: dict[UUID, date] = {}
    for unit, day in [*named, *there]:
        found[unit] = min(day, found.get(unit, day))
    return found

"""Who was trained in what, and when: for needs, plans and effects."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.programmes.models import CohortUnit, Participant, Standing


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

"""Say why a case arose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.services.queries import service_coded
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.tenancy.models import Agency
from lingkar.grow.competence import queries as competence
from lingkar.grow.fieldwork import services as fieldwork
from lingkar.listen.reports import access as reports
from lingkar.loop.causes import queries, rules
from lingkar.loop.causes.access import Action
from lingkar.loop.causes.models import Cause
from lingkar.loop.causes.rules import Kind

BATCH = 2000


@transaction.atomic
def code_cause(
    *, report: UUID, kind: str, competency: str = "", service: str = "", note: str = "", by: Actor, at: datetime
) -> None:
    """Say why a closed case arose; saying it anew replaces what was said. ``service`` is the code of one, or "".

    Whoever may handle the case may say so: ``Unseen`` or ``Forbidden`` otherwise. ``Refused`` while it is open, and
    for a trainable cause without a competency or another one with.
    """
    if not by.may(Action.CODE):
        raise Forbidden
    case = reports.fetch(by, report, reports.Action.HANDLE, lock=True)
    rules.check_closed(is_open=case.is_open, was_closed=case.closed_at is not None)
    rules.check_cause(Kind(kind), competency, known=competence.names())
    about = service_coded(service, day=timezone.localdate(at)) if service else None
    told = {
        "kind": kind,
        "competency": competency,
        "service_id": about.service_id if about else None,
        "unit_id": case.unit_id,
        "happened_on": timezone.localdate(case.received_at),
        "note": note.strip(),
        "by": by.person,
        "at": at,
    }
    cause, _is_new = Cause.objects.update_or_create(
        report=case, defaults=told, create_defaults=told | {"agency_id": by.agency}
    )
    record(by, "causes.coded", cause, at=at, report=report, kind=kind, competency=competency)


@dataclass(frozen=True)
class PastCause:
    """Why a case arose that was closed before."""

    report: UUID
    unit: UUID
    kind: str
    happened_on: date
    at: datetime
    competency: str = ""
    service: UUID | None = None
    by: UUID | None = None


@transaction.atomic
def take_over(*, rows: Iterable[PastCause], by: Actor, at: datetime) -> int:
    """Write causes of the past under the same rules; returns how many. The system alone; one line of audit."""
    if not by.is_system:
        raise Forbidden
    known, made = competence.names(), []
    for row in rows:
        rules.check_cause(Kind(row.kind), row.competency, known=known)
        made.append(
            Cause(
                agency_id=by.agency,
                report_id=row.report,
                unit_id=row.unit,
                kind=row.kind,
                competency=row.competency,
                service_id=row.service,
                happened_on=row.happened_on,
                by=row.by,
                at=row.at,
            )
        )
    Cause.objects.bulk_create(made, batch_size=BATCH)
    record(by, "causes.taken_over", Agency.objects.get(pk=by.agency), at=at, count=len(made))
    return len(made)


def offer_to_cohort(*, report: UUID, cohort: UUID, by: Actor, at: datetime) -> None:
    """Offer a published case, in the words that everybody may read, to a cohort that learns. Twice is once.

    ``Unseen`` for a case that is not for learning: sealed, secret, anonymous, not published, or without a cause.
    """
    if not by.may(Action.OFFER):
        raise Forbidden
    case = queries.cases_for_learning(report=report).first()
    if case is None:
        raise Unseen
    fieldwork.offer_case(
        key=case.report_id, words_shown=case.text, happened_on=case.happened_on, service=case.service_id,
        place_name=case.place or "", cohort=cohort, by=by, at=at,
    )  # fmt: skip

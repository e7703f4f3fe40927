"""Say beforehand what is looked at, and keep what was found."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs.queries import names_of
from lingkar.directory.services.queries import service_of
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.loop.effect import access, queries, rules
from lingkar.loop.effect.events import StudyRegistered, VerdictTurned
from lingkar.loop.effect.models import Finding, Outcome, Study, StudyUnit


@transaction.atomic
def register_study(
    *,
    service: UUID,
    outcome: str,
    units: Mapping[UUID, date | None],
    margin: Decimal,
    delay: int = 0,
    by: Actor,
    at: datetime,
) -> Study:
    """Say what is looked at, which units are trained from which day on, and with which others they are compared (None).

    ``margin``: the smallest change that matters, a share of the cases, or points of a score. ``delay``: days until the
    training is expected to show. A study that is registered after the first day of training is kept and always says so.
    The same told twice (a double tap, two tabs) is one study. ``Refused`` without a day of training, or with a margin
    outside 0–1.
    """
    about = service_of(service)
    if about is None:
        raise Unseen
    access.demand(by, about.unit.path)
    rules.check_registration(units, margin=float(margin), delay=delay)
    if len(names_of(list(units))) < len(units) or outcome not in Outcome.values:
        raise Refused("effect.unknown")
    type(about).objects.select_for_update(no_key=True).filter(pk=about.pk).values_list("pk").first()  # tabs in turn
    if known := _same(about.pk, outcome, margin, delay, units):
        return known
    study = Study.objects.create(
        agency_id=by.agency,
        service=about,
        outcome=outcome,
        margin=margin,
        delay=delay,
        registered_at=at,
        registered_by=by.person,
        is_late=rules.started_before(timezone.localdate(at), units.values()),
    )
    StudyUnit.objects.bulk_create(
        StudyUnit(agency_id=by.agency, study=study, unit_id=unit, begins_on=day) for unit, day in units.items()
    )
    record(by, "effect.registered", study, at=at, service=service, outcome=outcome, late=study.is_late)
    publish(StudyRegistered(agency=by.agency, study=study.pk, service=service, at=at))
    return study


def _same(service: UUID, outcome: str, margin: Decimal, delay: int, units: Mapping[UUID, date | None]) -> Study | None:
    """A study that says exactly this."""
    rows = Study.objects.filter(service=service, outcome=outcome, margin=margin, delay=delay)
    told = rows.prefetch_related("units")
    return next((row for row in told if {it.unit_id: it.begins_on for it in row.units.all()} == dict(units)), None)


@transaction.atomic
def judge(*, study: UUID, by: Actor, at: datetime) -> Finding:
    """Ask a study and keep what it says; asking again on the same day replaces it. The system alone."""
    if not by.is_system:
        raise Forbidden
    row, day = access.fetch(by, study), timezone.localdate(at)
    told = queries.estimate(row, day)
    before = row.findings.filter(on__lt=day).order_by("-on").first()
    fields = {
        "kind": told.kind,
        "doubt": told.doubt or "",
        "change": told.change,
        "low": told.low,
        "high": told.high,
        "bound": told.bound,
        "smallest": told.mde,
        "seen": told.n,
    }
    found, _is_new = Finding.objects.update_or_create(
        study=row, on=day, defaults=fields, create_defaults=fields | {"agency_id": by.agency}
    )
    if before is not None and before.kind != found.kind:
        record(by, "effect.turned", row, at=at, kind=found.kind)
        publish(VerdictTurned(agency=by.agency, study=row.pk, service=row.service_id, kind=found.kind, at=at))
    return found


def judge_all(*, by: Actor, at: datetime) -> int:
    """Ask every study of the agency; returns how many. Each is a transaction of its own."""
    studies = list(Study.objects.order_by("registered_at").values_list("pk", flat=True))
    for study in studies:
        judge(study=study, by=by, at=at)
    return len(studies)

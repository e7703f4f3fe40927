"""Marks: given once, changed with a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import Actor, Forbidden
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import access, rules, schemes
from lingkar.grow.programmes.models import CohortState, Mark, MarkChange, Participant
from lingkar.grow.programmes.rules import Scheme


@transaction.atomic
def mark(
    *, participant: UUID, component: str, value: Decimal, reason: str = "", source: str = "", by: Actor, at: datetime
) -> Mark:
    """The mark of somebody for a component, by who has that duty for them, or by the training office.

    ``source``: what it came from, "" by hand. A mark that stands is changed with a reason, which is kept and shown.
    ``Refused``: 101, no reason, closed cohort.
    """
    item = access.fetch_participant(by, participant, access.Action.LOOK, lock=True)
    scheme = schemes.read(item.cohort.scheme)
    scheme.component(component)
    if component not in (markable(by, item, scheme) or ()):
        raise Forbidden
    _check_open(item)
    told = rules.check_mark(value)
    there = Mark.objects.select_for_update().filter(participant=item, component=component).first()
    before = there.value if there else None
    rules.check_change(before, told, reason)
    if there is not None and before == told:
        return there
    row = there or Mark(agency_id=by.agency, participant=item, component=component)
    row.value, row.source, row.given_by, row.given_at = told, source, by.person, at
    row.save()
    if before is not None:
        MarkChange.objects.create(
            agency_id=by.agency, mark=row, before=before, after=told, reason=reason.strip()[:300],
            changed_by=by.person, changed_at=at,
        )  # fmt: skip
    record(by, "programmes.mark_changed" if before is not None else "programmes.marked", item, at=at,
           component=component, value=str(told), before=None if before is None else str(before))  # fmt: skip
    return row


@transaction.atomic
def mark_components(
    *, participant: UUID, values: Mapping[str, Decimal], reason: str = "", by: Actor, at: datetime
) -> None:
    """Several marks of one participant, all or none. What is refused names its ``component``."""
    for component, value in values.items():
        try:
            mark(participant=participant, component=component, value=value, reason=reason, by=by, at=at)
        except Refused as no:
            raise Refused(no.code, **{**no.details, "component": component}) from None


@transaction.atomic
def mark_many(*, cohort: UUID, component: str, values: Sequence[tuple[UUID, Decimal]], by: Actor, at: datetime) -> int:
    """First marks of many participants for one component; those that have one keep it. Returns how many are new."""
    item = access.fetch_cohort(by, cohort, access.Action.GUIDE, lock=True)
    scheme = schemes.read(item.scheme)
    scheme.component(component)
    if item.state == CohortState.CLOSED:
        raise Refused("programmes.closed")
    there = set(
        Mark.objects.filter(participant__cohort=item, component=component).values_list("participant", flat=True)
    )
    rows = Participant.objects.select_related("person").filter(cohort=item, standing__in=rules.IN_CLASS)
    known = {row.pk: row for row in rows}
    asked = [known[pk] for pk, _ in values if pk in known]
    if not all(component in (markable(by, row, scheme) or ()) for row in asked):
        raise Forbidden
    new = [(pk, rules.check_mark(value)) for pk, value in values if pk in known and pk not in there]
    Mark.objects.bulk_create(
        Mark(agency_id=by.agency, participant_id=pk, component=component, value=value, given_by=by.person, given_at=at)
        for pk, value in new
    )
    if new:
        record(by, "programmes.marked_many", item, at=at, component=component, count=len(new))
    return len(new)


def markable(by: Actor, item: Participant, scheme: Scheme) -> tuple[str, ...] | None:
    """Codes of the components that ``by`` may mark for a participant; None for whoever does not guide them.

    The training office marks everybody but oneself, others what their duty for this participant says.
    """
    if item.person.account_id is not None and item.person.account_id == by.person:
        return () if access.manages(by) else None
    if access.manages(by):
        return tuple(it.code for it in scheme.components)
    kinds = access.duties_for(by, item)
    return tuple(it.code for it in scheme.components if it.by.value in kinds) if kinds else None


def _check_open(item: Participant) -> None:
    if item.cohort.state == CohortState.CLOSED and item.standing != rules.Standing.DEFERRED:
        raise Refused("programmes.closed")
    if item.standing not in rules.IN_CLASS:
        raise Refused("programmes.not_in_class")

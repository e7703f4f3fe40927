"""Say which positions serve a service."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs.queries import position_of, positions_in
from lingkar.directory.services import access, rules
from lingkar.directory.services.models import Staffing
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency


@transaction.atomic
def add_staff(*, service: UUID, position: UUID, by: Actor, at: datetime) -> Staffing:
    """From today on, whoever sits in a position serves a service; the position may belong to any unit.

    Said twice is said once. An unknown position raises ``Unseen``, one that is over ``Refused``.
    """
    item, today = access.fetch(by, service, lock=True), timezone.localdate(at)
    post = position_of(position)
    if post is None:
        raise Unseen
    if post.valid_to is not None and post.valid_to < today:
        raise Refused("services.position_over")
    there = item.staffing.filter(position=position, valid_to__isnull=True).first()
    if there:
        return there
    row = Staffing(agency_id=by.agency, service=item, position=post, valid_from=max(today, post.valid_from))
    row.save(force_insert=True)
    record(by, "services.staff_added", item, at=at, position=position)
    return row


@transaction.atomic
def remove_staff(*, service: UUID, position: UUID, by: Actor, at: datetime) -> None:
    """From today on, a position serves a service no more. What was until yesterday stays known."""
    item, yesterday = access.fetch(by, service, lock=True), timezone.localdate(at) - rules.ONE_DAY
    row = item.staffing.filter(position=position, valid_to__isnull=True).first()
    if row is None:
        return
    if row.valid_from > yesterday:
        row.delete()
    else:
        row.valid_to = yesterday
        row.save(update_fields=["valid_to"])
    record(by, "services.staff_removed", item, at=at, position=position)


@transaction.atomic
def staff_many(*, rows: Mapping[UUID, Collection[UUID]], valid_from: date, by: Actor, at: datetime) -> int:
    """The positions of many services at once, from a day on; those that serve already stay as they are.

    A service that ``by`` may not manage or an unknown position raises ``Unseen``. Returns how many were added.
    """
    if access.visible(by).filter(pk__in=rows).count() != len(rows):
        raise Unseen
    wanted = {position for positions in rows.values() for position in positions}
    known = {post.pk: post for post in positions_in(by.agency).filter(pk__in=wanted)}
    if wanted - known.keys():
        raise Unseen
    open_now = Staffing.objects.filter(service__in=rows, valid_to__isnull=True)
    there = set(open_now.values_list("service_id", "position_id"))
    made = Staffing.objects.bulk_create(
        Staffing(
            agency_id=by.agency,
            service_id=service,
            position=known[position],
            valid_from=max(valid_from, known[position].valid_from),
        )
        for service, positions in rows.items()
        for position in dict.fromkeys(positions)
        if (service, position) not in there
    )
    record(by, "services.staffed_many", Agency.objects.get(pk=by.agency), at=at, count=len(made))
    return len(made)

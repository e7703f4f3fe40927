"""Count how often services were used."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.services import access, rules
from lingkar.directory.services.models import Transactions
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.tenancy.models import Agency


@transaction.atomic
def count_transactions(*, service: UUID, counts: Mapping[date, int | None], by: Actor, at: datetime) -> None:
    """Say how often a service was used in months, each named by its first day; None forgets a number."""
    item, today = access.fetch(by, service, lock=True), timezone.localdate(at)
    for month in counts:
        rules.check_month(month, today=today)
    item.transactions.filter(month__in=[month for month, count in counts.items() if count is None]).delete()
    _write({(item.pk, month): count for month, count in counts.items() if count is not None}, by)
    record(by, "services.transactions_counted", item, at=at, months=len(counts))


@transaction.atomic
def count_transactions_of_many(*, counts: Mapping[tuple[UUID, date], int], by: Actor, at: datetime) -> int:
    """Set many counts at once, by service and first day of the month; one that was there is replaced.

    A service that ``by`` may not manage raises ``Unseen``. Returns how many were set.
    """
    today = timezone.localdate(at)
    for _, month in counts:
        rules.check_month(month, today=today)
    wanted = {service for service, _ in counts}
    if access.visible(by).filter(pk__in=wanted).count() != len(wanted):
        raise Unseen
    _write(counts, by)
    record(by, "services.transactions_of_many", Agency.objects.get(pk=by.agency), at=at, counts=len(counts))
    return len(counts)


def _write(counts: Mapping[tuple[UUID, date], int], by: Actor) -> None:
    Transactions.objects.bulk_create(
        (
            Transactions(agency_id=by.agency, service_id=service, month=month, count=count)
            for (service, month), count in counts.items()
        ),
        update_conflicts=True,
        unique_fields=["service", "month"],
        update_fields=["count"],
    )

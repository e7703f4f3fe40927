"""Versions of a service, what its draft lacks, its review, its pledge and its transactions."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from lingkar.directory.orgs.queries import lineage
from lingkar.directory.services import access, rules
from lingkar.directory.services.models import Pledge, Service, Transactions, Version
from lingkar.directory.services.parameters import REVIEW_MONTHS, REVIEW_NOTICE_DAYS
from lingkar.directory.services.rules import Standard
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.parameters.queries import value

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


def versions_of(service: Service) -> list[Version]:
    """Every published version of a service, the newest first."""
    rows = service.versions.filter(published_at__isnull=False).select_related("unit").defer("search")
    return list(rows.order_by("-number"))


def version_numbered(code: str, number: int) -> Version:
    """A published version of a service, also one that is over. ``Unseen`` for none."""
    rows = Version.objects.filter(published_at__isnull=False, service__code=rules.code_from(code), number=number)
    found = rows.select_related("service", "unit").defer("search").first()
    if found is None:
        raise Unseen
    return found


def newest_published(service: Service) -> Version | None:
    """The published version that was written last, whether or not it has begun."""
    return next(iter(versions_of(service)), None)


def draft_of(service: Service) -> Version | None:
    """What is being written of a service, or nothing."""
    return service.versions.filter(published_at__isnull=True).select_related("unit").defer("search").first()


def standard_of(version: Version) -> Standard:
    """What a version says, as data."""
    told = {name: getattr(version, name) for name in rules.FIELDS}
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    hours = {day: tuple((a, b) for a, b in ranges) for day, ranges in version.hours.items()}
    return Standard(**told | lists | {"hours": hours})


@dataclass(frozen=True)
class Review:
    """When a standard must be looked at again. ``is_due`` when that day has come, ``is_near`` when it is announced."""

    due: date
    is_due: bool
    is_near: bool


def review_of(version: Version, *, today: date) -> Review | None:
    """The next review of a published version, by the agency's own cycle; nothing for a draft."""
    if version.reviewed_on is None:
        return None
    months = value(REVIEW_MONTHS, agency=version.agency_id, on=today)
    notice = value(REVIEW_NOTICE_DAYS, agency=version.agency_id, on=today)
    due = rules.months_later(version.reviewed_on, months)
    return Review(due, due <= today, due - timedelta(days=notice) <= today)


@dataclass(frozen=True)
class Desk:
    """A service for who manages it: what holds today, what is newest, what is being written."""

    service: Service
    now: Version | None
    newest: Version | None
    draft: Version | None
    versions: tuple[Version, ...]


def desk_of(service: UUID, *, by: Actor, today: date) -> Desk:
    """A service that ``by`` may manage. ``Unseen`` or ``Forbidden`` otherwise."""
    item = access.fetch(by, service)
    versions = tuple(versions_of(item))
    now = next((row for row in versions if _holds(row, today)), None)
    return Desk(item, now, versions[0] if versions else None, draft_of(item), versions)


def _holds(version: Version, day: date) -> bool:
    if version.valid_from is None:
        return False
    return rules.holds_on(day, valid_from=version.valid_from, valid_to=version.valid_to)


def managed(by: Actor) -> QuerySet[Service]:
    """Services that ``by`` may manage, by name."""
    return access.visible(by).order_by("name", "pk")


def pledge_for(unit: "Unit") -> Pledge | None:
    """The pledge that holds for a unit: its own, else that of the nearest unit above it."""
    rows = Pledge.objects.filter(unit__path__in=lineage(unit.path)).select_related("unit")
    return max(rows, key=lambda row: (len(row.unit.path), row.signed_on, row.added_at), default=None)


def pledges_in(by: Actor) -> list[Pledge]:
    """The newest pledge of each unit whose services ``by`` manages, by unit."""
    paths = tuple(by.paths(access.Action.MANAGE))
    newest: dict[UUID, Pledge] = {}
    for row in Pledge.objects.select_related("unit").order_by("unit__path", "-signed_on", "-added_at"):
        if row.unit.path.startswith(paths):
            newest.setdefault(row.unit_id, row)
    return list(newest.values())


def transactions_between(first: date, last: date) -> dict[tuple[UUID, date], int]:
    """Transactions by service and month, for the months from ``first`` to ``last`` (their first days)."""
    rows = Transactions.objects.filter(month__range=(first, last)).order_by()
    return {(service, month): count for service, month, count in rows.values_list("service_id", "month", "count")}

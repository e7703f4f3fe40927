"""Versions of a service, what its draft lacks, its review, its pledge and its transactions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from lingkar.directory.orgs.queries import lineage, units_in
from lingkar.directory.services import access, rules
from lingkar.directory.services.models import Pledge, Service, Transactions, Version
from lingkar.directory.services.parameters import REVIEW_MONTHS, REVIEW_NOTICE_DAYS
from lingkar.directory.services.rules import Standard
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.parameters.queries import values

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


def versions_of(service: Service) -> list[Version]:
    """Every published version of a service, the newest first."""
    rows = service.versions.filter(published_at__isnull=False).select_related("unit").defer("search", "spellings")
    return list(rows.order_by("-number"))


def version_numbered(code: str, number: int) -> Version:
    """A published version of a service, also one that is over. ``Unseen`` for none."""
    rows = Version.objects.filter(published_at__isnull=False, service__code=rules.code_from(code), number=number)
    found = rows.select_related("service", "unit").defer("search", "spellings").first()
    if found is None:
        raise Unseen
    return found


def newest_published(service: Service) -> Version | None:
    """The published version that was written last, whether or not it has begun."""
    return next(iter(versions_of(service)), None)


def draft_of(service: Service) -> Version | None:
    """What is being written of a service, or nothing."""
    return (
        service.versions.filter(published_at__isnull=True).select_related("unit").defer("search", "spellings").first()
    )


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


@dataclass(frozen=True)
class Cycle:
    """How many months lie between two reviews, and how many days before one is announced."""

    months: int
    notice: int


def review_cycle(agency: UUID, *, today: date) -> Cycle:
    """The agency's own cycle, to be asked once for many services. One query."""
    held = values((REVIEW_MONTHS, REVIEW_NOTICE_DAYS), agency=agency, on=today)
    return Cycle(held[REVIEW_MONTHS.key], held[REVIEW_NOTICE_DAYS.key])


def review_of(version: Version, *, today: date, cycle: Cycle | None = None) -> Review | None:
    """The next review of a published version, by the agency's own cycle; nothing for a draft."""
    if version.reviewed_on is None:
        return None
    cycle = cycle or review_cycle(version.agency_id, today=today)
    due = rules.months_later(version.reviewed_on, cycle.months)
    return Review(due, due <= today, due - timedelta(days=cycle.notice) <= today)


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


STATES = ("published", "draft", "review", "ended", "incomplete")


@dataclass(frozen=True)
class Line:
    """A service as the list of those who manage it shows it."""

    service: Service
    newest: Version | None
    has_draft: bool


def managed(by: Actor, *, today: date | None = None, state: str = "", text: str = "") -> QuerySet[Service]:
    """Services that ``by`` may manage, by name; with ``state`` (one of ``STATES``) and words only those that fit."""
    rows = access.visible(by).order_by("name", "pk")
    if text.strip():
        rows = rows.filter(Q(name__icontains=text.strip()) | Q(code__icontains=text.strip()))
    if not state or today is None:
        return rows
    drafts, published = Version.objects.filter(published_at=None), Version.objects.exclude(published_at=None)
    newest = published.filter(service=OuterRef("pk")).order_by("-number")
    rows = rows.annotate(
        reviewed=Subquery(newest.values("reviewed_on")[:1]), gaps=Subquery(newest.values("missing")[:1])
    )
    cycle = review_cycle(by.agency, today=today)
    reviewed_before = rules.months_later(today + timedelta(days=cycle.notice), -cycle.months)
    going_on = Q(retired_on=None) | Q(retired_on__gte=today)
    fits = {
        "published": Q(pk__in=published.values("service")) & going_on,
        "draft": Q(pk__in=drafts.values("service")),
        "review": going_on & Q(reviewed__lte=reviewed_before),
        "ended": Q(retired_on__lt=today),
        "incomplete": going_on & Q(gaps__gt=0),
    }
    return rows.filter(fits.get(state, Q()))


def lines_of(services: Iterable[Service]) -> list[Line]:
    """What is newest of each of some services, and whether something is being written. One query."""
    found = list(services)
    rows = Version.objects.filter(service__in=found).defer("search", "spellings").order_by("number")
    newest: dict[UUID, Version] = {}
    drafts: set[UUID] = set()
    for row in rows:
        if row.is_draft:
            drafts.add(row.service_id)
        else:
            newest[row.service_id] = row
    return [Line(item, newest.get(item.pk), item.pk in drafts) for item in found]


def units_managed(by: Actor, *, day: date) -> "list[Unit]":
    """The units whose services ``by`` manages, in the order of the tree."""
    tops = by.paths(access.Action.MANAGE)
    return [unit for unit in units_in(by.agency, day=day) if by.is_system or unit.path.startswith(tops)]


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

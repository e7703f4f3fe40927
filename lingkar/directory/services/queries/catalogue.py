"""What everybody may read: the versions in force on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from lingkar.directory.services.models import Channel, Need, Service, Version
from lingkar.directory.services.rules import code_from
from lingkar.foundation.search.queries import asked, near, told
from lingkar.foundation.search.rules import Asked
from lingkar.foundation.tenancy.prepared import prepared

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


def published(*, day: date) -> QuerySet[Version]:
    """The version in force on ``day`` of every service that is offered then, by name."""
    rows = Version.objects.filter(published_at__isnull=False, valid_from__lte=day)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    return rows.select_related("service", "unit").defer("search", "spellings").order_by("name", "pk")


def catalogue(
    *, day: date, need: str = "", unit: "Unit | None" = None, channel: str = "", text: str = ""
) -> QuerySet[Version]:
    """The published services that fit: ``need`` and ``channel`` by code, ``unit`` with all below it, words stemmed."""
    rows = published(day=day)
    if need:
        rows = rows.filter(need=need)
    if unit:
        rows = rows.filter(unit__path__startswith=unit.path)
    if channel in Channel.values:
        rows = rows.exclude(**{channel: ""})
    if text.strip():
        rows = rows.filter(_matches(text))
    return rows


def needs_of(rows: QuerySet[Version]) -> list[tuple[Need, int]]:
    """How many of these services stand on each shelf of the catalogue, in the order of the shelves."""
    counted = dict(rows.order_by().values_list("need").annotate(many=Count("pk")))
    return [(need, counted[need]) for need in Need if need in counted]


def search(question: Asked, *, day: date, limit: int = 10) -> Sequence[Version]:
    """The published services that fit what was asked for, best first; see ``foundation.search``."""
    if not question:
        return []
    some, fits = Q(search=told(question, all_of=False)), _fits(question)
    rows = (
        published(day=day)
        .filter(fits | some)
        .annotate(
            has_all=Case(When(fits, then=Value(True)), default=Value(False)),
            rank=SearchRank(F("search"), told(question, begins=True)),
        )
    )
    found = list(rows.order_by("-has_all", "-rank", "name", "pk")[:limit])
    return [row for row in found if row.has_all] or found


def service_coded(code: str, *, day: date) -> Version | None:
    """The version in force of the service with this code, in any case of letters; nothing when it is not offered."""
    return published(day=day).filter(service__code=code_from(code)).first()


def version_in_force(service: UUID, *, day: date) -> Version | None:
    """What holds for a service on ``day``; nothing when it is not offered."""
    return published(day=day).filter(service=service).first()


def nearest_version(code: str, *, day: date) -> Version | None:
    """For a service that is not offered on ``day``: the version that held last, else the one that begins first."""
    rows = Version.objects.filter(published_at__isnull=False, service__code=code_from(code))
    found = list(rows.select_related("service", "unit").defer("search", "spellings").order_by("number"))
    begun = [row for row in found if row.valid_from and row.valid_from <= day]
    return (begun[-1] if begun else found[0]) if found else None


def service_of(service: UUID) -> Service | None:
    """A service by its id, also one that is not offered any more; nothing for none."""
    return Service.objects.select_related("unit").filter(pk=service).first()


def served_by(unit: "Unit", *, day: date) -> QuerySet[Version]:
    """What a unit and all below it offer on ``day``."""
    return catalogue(day=day, unit=unit)


def choices(*, day: date, unit: "Unit | None" = None) -> list[tuple[str, str]]:
    """``(code, name)`` of every published service, or of those of a unit and all below it, by name, for a select."""
    if unit is not None:
        return list(catalogue(day=day, unit=unit).values_list("service__code", "name"))
    return _choices(day=day)


@prepared
def _choices(*, day: date) -> "QuerySet[Version, Any]":
    return catalogue(day=day).values_list("service__code", "name")


def names_of(services: Iterable[UUID]) -> dict[UUID, str]:
    """Name by id, for the services that exist."""
    return dict(Service.objects.filter(pk__in=set(services)).values_list("pk", "name"))


def _matches(text: str) -> Q:
    return _fits(asked(text))


def _fits(question: Asked) -> Q:
    """Words (Indonesian stemming) or their beginnings, names with a slip in a word, or the code itself."""
    if not question:
        return Q(pk__in=[])
    words = Q(search=told(question, begins=True))
    return words | near(question) | Q(service__code=code_from(question.typed))

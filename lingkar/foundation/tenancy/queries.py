"""Which agency is meant, and the scope in which its rows may be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.prepared import prepared


@contextmanager
def agency_scope(agency: UUID) -> Iterator[None]:
    """Only rows of ``agency`` exist inside this block."""
    with scope(agency=agency):
        yield


@contextmanager
def working_for(agency: UUID) -> Iterator[None]:
    """The scope of work in the background: only rows of ``agency``, and days that begin and end where it lies."""
    zone = Agency.objects.values_list("timezone", flat=True).get(pk=agency)
    with agency_scope(agency), timezone.override(zone):
        yield


@contextmanager
def every_agency() -> Iterator[None]:
    """Rows of all agencies, for the operator's tools alone; never while a page is served."""
    with scopes_disabled():
        yield


def agency_of_host(host: str) -> Agency | None:
    """The agency that answers under ``host`` (no port), else the first one without a host of its own."""
    rows = _answering(host=host)
    return rows[0] if rows else None


@prepared
def _answering(*, host: str) -> QuerySet[Agency]:
    return Agency.objects.filter(host__in=("", host)).order_by("-host", "code")[:1]

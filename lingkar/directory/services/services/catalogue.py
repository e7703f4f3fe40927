"""Write, publish and retire a service."""

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lingkar.directory.orgs.queries import known_unit
from lingkar.directory.services import access, rules
from lingkar.directory.services.events import ServicePublished, ServiceRetired
from lingkar.directory.services.models import Service, Version
from lingkar.directory.services.queries.versions import draft_of, newest_published, standard_of
from lingkar.directory.services.rules import Standard
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


@transaction.atomic
def add_service(*, code: str, unit: UUID, standard: Standard, by: Actor, at: datetime) -> Service:
    """A new service of a unit, as a draft that nobody sees yet.

    A code that is taken or unusable raises ``ValidationError``, an unknown unit ``Unseen``.
    """
    serving = _unit(unit, by)
    service = Service(agency_id=by.agency, code=rules.code_from(code), name=standard.name, unit=serving)
    service.full_clean()
    service.save(force_insert=True)
    draft = Version(agency_id=by.agency, service=service, number=1, unit=serving)
    fill(draft, standard)
    draft.full_clean(exclude=["service", "search"])
    draft.save(force_insert=True)
    record(by, "services.added", service, at=at, code=service.code, unit=serving.pk)
    return service


@transaction.atomic
def change_service(
    *, service: UUID, unit: UUID, standard: Standard, seen: int | None = None, by: Actor, at: datetime
) -> Version:
    """Write the draft of a service; a published service gets a new one, which changes nothing until it is published.

    ``seen`` is the revision of the draft that was looked at: ``Refused("services.changed_meanwhile")`` for an older
    one, so that of two people who write at once the second is told.
    """
    item, serving = access.fetch(by, service, lock=True), _unit(unit, by)
    draft = _draft(item)
    if seen is not None and seen != draft.revision:
        raise Refused("services.changed_meanwhile")
    draft.unit, draft.revision = serving, draft.revision + 1
    fill(draft, standard)
    draft.full_clean(exclude=["service", "search"])
    draft.save()
    if newest_published(item) is None:
        _mirror(item, draft)
    record(by, "services.draft_changed", item, at=at, version=draft.number, missing=draft.missing)
    return draft


@transaction.atomic
def drop_draft(*, service: UUID, by: Actor, at: datetime) -> None:
    """Forget the draft of a service. One that was never published goes with it."""
    item = access.fetch(by, service, lock=True)
    draft = draft_of(item)
    if draft is None:
        raise Refused("services.no_draft")
    record(by, "services.draft_dropped", item, at=at, version=draft.number)
    draft.delete()
    if not item.versions.exists():
        item.delete()


@transaction.atomic
def publish_service(
    *, service: UUID, valid_from: date, reviewed_on: date, seen: int | None = None, by: Actor, at: datetime
) -> Version:
    """Put the draft in force from ``valid_from`` on; the version before it ends the day before and stays readable.

    Without a draft the standard was reviewed and found right: the same words become a new version. Refused while
    something is missing that people need at the counter, and for a day that would change what was promised.
    """
    item, today = access.fetch(by, service, lock=True), timezone.localdate(at)
    last, draft = newest_published(item), _draft(item)
    if seen is not None and seen != draft.revision:
        raise Refused("services.changed_meanwhile")
    access.demand(by, draft.unit.path)
    rules.check_publishable(standard_of(draft))
    rules.check_start(valid_from, last=last.valid_from if last else None, today=today)
    rules.check_unit(valid_from, valid_from=draft.unit.valid_from, valid_to=draft.unit.valid_to)
    rules.check_review(reviewed_on, today=today)
    if last:
        _end(last, valid_from - rules.ONE_DAY)
    draft.valid_from, draft.reviewed_on, draft.published_at = valid_from, reviewed_on, at
    draft.save()
    if last is None or valid_from <= today:
        _mirror(item, draft)
    else:
        item.retired_on = None
        item.save(update_fields=["retired_on"])
    record(by, "services.published", item, at=at, version=draft.number, valid_from=f"{valid_from:%Y-%m-%d}")
    publish(ServicePublished(agency=by.agency, service=item.pk, version=draft.number, valid_from=valid_from, at=at))
    return draft


@transaction.atomic
def retire_service(*, service: UUID, last_day: date, by: Actor, at: datetime) -> None:
    """Offer a service no more after ``last_day``. Its page then says so; publishing it anew brings it back."""
    item = access.fetch(by, service, lock=True)
    last = newest_published(item)
    if last is None or last.valid_from is None:
        raise Refused("services.not_published")
    today = timezone.localdate(at)
    rules.check_retirement(last_day, valid_from=last.valid_from, valid_to=last.valid_to, today=today)
    _end(last, last_day)
    item.retired_on = last_day
    item.save(update_fields=["retired_on"])
    record(by, "services.retired", item, at=at, last_day=f"{last_day:%Y-%m-%d}")
    publish(ServiceRetired(agency=by.agency, service=item.pk, last_day=last_day, at=at))


@transaction.atomic
def turn_services(*, by: Actor, at: datetime) -> int:
    """Versions that begin today give their services name and unit; how many changed. Twice changes nothing."""
    today, changed = timezone.localdate(at), 0
    begun = Version.objects.filter(published_at__isnull=False, valid_from__lte=today).exclude(valid_to__lt=today)
    moved = begun.exclude(unit=F("service__unit"), name=F("service__name")).select_related("service", "unit")
    for version in moved.select_for_update(of=("service",)).order_by("service", "number"):
        version.service.name, version.service.unit = version.name, version.unit
        version.service.save(update_fields=["name", "unit"])
        changed += 1
    if changed:
        record(by, "services.turned", Agency.objects.get(pk=by.agency), at=at, count=changed)
    return changed


def fill(version: Version, standard: Standard) -> None:
    """Write a standard into the row of a version that is not published."""
    for name, value in asdict(standard).items():
        setattr(version, name, list(value) if isinstance(value, tuple) else value)
    rules.check_lines(standard.requirements, standard.steps, standard.legal_basis)
    version.hours = rules.check_hours(standard.hours)
    version.missing = len(rules.missing(standard))


def _draft(item: Service) -> Version:
    """The draft of a service, else a new one with the words of the newest version."""
    draft = draft_of(item)
    if draft is not None:
        return draft
    before = newest_published(item)
    if before is None:
        raise Refused("services.no_draft")
    draft = Version(agency_id=item.agency_id, service=item, number=before.number + 1, unit=before.unit)
    fill(draft, standard_of(before))
    return draft


def _mirror(item: Service, version: Version) -> None:
    item.name, item.unit, item.retired_on = version.name, version.unit, None
    item.save(update_fields=["name", "unit", "retired_on"])


def _end(version: Version, last_day: date) -> None:
    """Shorten a published version; one that ended already stays as it is."""
    if version.valid_to is None or last_day < version.valid_to:
        version.valid_to = last_day
        version.save(update_fields=["valid_to"])


def _unit(unit: UUID, by: Actor) -> "Unit":
    found = known_unit(unit)
    access.demand(by, found.path)
    return found

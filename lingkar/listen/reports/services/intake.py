"""What a citizen does before there is a case: write, say where, send."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from lingkar.directory.places.queries import place_at
from lingkar.directory.services.queries import service_coded
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.files.services import remove as remove_file
from lingkar.foundation.files.services import store
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.privacy.cipher import encrypt
from lingkar.foundation.privacy.masking import mask
from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import rules
from lingkar.listen.reports.events import ReportReceived
from lingkar.listen.reports.keys import code_digest, code_for, draft_key
from lingkar.listen.reports.models import (
    Attachment,
    Draft,
    Entry,
    EntryKind,
    NumberSeries,
    Report,
    ReporterContact,
)
from lingkar.listen.reports.parameters import (
    LONGEST_TEXT,
    MOST_PHOTOS,
)
from lingkar.listen.reports.queries.promises import promise_for
from lingkar.listen.reports.queries.reporter import Receipt, receipt_of
from lingkar.listen.reports.queries.routing import route_for


@dataclass(frozen=True)
class NotKept:
    """Something that was sent and could not be kept: the words, or the ``photo`` of that name, and why."""

    why: Refused
    photo: str = ""


@transaction.atomic
def save_words(
    *,
    token: str,
    text: str,
    photos: Sequence["UploadedFile[bytes]"] = (),
    drop: Collection[UUID] = (),
    service: str | None = None,
    by: Actor,
    at: datetime,
) -> tuple[NotKept, ...]:
    """Keep the words and photos of a report that is being written; ``drop`` takes photos off it.

    ``service`` is the code of the service that it is about; "" takes it off, as does a code that is not offered, and
    None leaves it as it is.

    Keeps whatever it can and returns what it could not: words that are too long, a file that is no photo, one photo
    too many. A photo that is already there is kept once, so that sending the form twice changes nothing.
    Raises ``Refused`` for a report that was sent meanwhile.
    """
    today = timezone.localdate(at)
    draft = _draft_to_write(token, by, at)
    forget_photos(draft.photos.filter(pk__in=drop), by=by, at=at)
    most = value(MOST_PHOTOS, agency=by.agency, on=today)
    not_kept = [no for photo in photos if (no := _add_photo(draft, photo, most=most, by=by, at=at))]
    try:
        rules.check_words(text, photos=draft.photos.count(), longest=value(LONGEST_TEXT, agency=by.agency, on=today))
        draft.text = text.strip()
        if service is not None:
            offered = service_coded(service, day=today) if service else None
            draft.service = offered.service if offered else None
        draft.save(update_fields=["text", "service"])
    except Refused as refusal:
        not_kept.append(NotKept(refusal))
    if not (draft.text or draft.photos.exists()):
        draft.delete()
    return tuple(not_kept)


def _draft_to_write(token: str, by: Actor, at: datetime) -> Draft:
    key = draft_key(token)
    Draft.objects.bulk_create([Draft(agency_id=by.agency, key=key, started_at=at)], ignore_conflicts=True)
    draft = _draft(token)
    if Report.objects.filter(receipt_key=key).exists():
        raise Refused("reports.already_sent")
    return draft


def _add_photo(draft: Draft, photo: "UploadedFile[bytes]", *, most: int, by: Actor, at: datetime) -> NotKept | None:
    held = set(draft.photos.values_list("file__sha256", flat=True))
    try:
        with transaction.atomic():
            file = store(photo, kind="photo", purpose="reports.photo", by=by, at=at)
            if file.sha256 in held:
                transaction.set_rollback(True)
                return None
            rules.check_photo_count(len(held) + 1, most=most)
            Attachment.objects.create(agency_id=draft.agency_id, draft=draft, file=file)
    except Refused as refusal:
        return NotKept(refusal, photo.name or "")
    return None


def forget_photos(photos: QuerySet[Attachment], *, by: Actor, at: datetime) -> None:
    """Take photos off a draft, and their bytes off the disk."""
    for file in list(photos.values_list("file_id", flat=True)):
        photos.filter(file=file).delete()
        remove_file(file=file, by=by, at=at)


@transaction.atomic
def save_where(
    *,
    token: str,
    place: UUID | None,
    location: str,
    latitude: float | None,
    longitude: float | None,
) -> None:
    """Keep where it is. At least one of village, description and point is needed; a point tells its village."""
    rules.check_where(has_place=place is not None, location=location, has_point=latitude is not None)
    draft = _draft(token)
    if place is None and latitude is not None and longitude is not None:
        village = place_at(latitude, longitude)
        place = village.pk if village else None
    draft.place_id, draft.location = place, location.strip()
    draft.latitude, draft.longitude = latitude, longitude
    draft.save(update_fields=["place", "location", "latitude", "longitude"])


@transaction.atomic
def send_report(
    *,
    token: str,
    category: UUID | None = None,
    reported_unit: UUID | None = None,
    anonymous: bool = False,
    secret: bool = False,
    name: str = "",
    email: str = "",
    by: Actor,
    at: datetime,
) -> Receipt:
    """Turn a draft into a report, once: the same token again gives the same receipt.

    An anonymous report keeps the masked text only, a coarse point and no contact. A sensitive category, or words that
    speak for one, seals it: it goes to the Inspektorat and never to the unit complained of.
    """
    draft = Draft.objects.select_for_update().filter(key=draft_key(token)).first()
    if draft is None:
        return _sent_before(token)
    rules.check_where(
        has_place=draft.place_id is not None, location=draft.location, has_point=draft.latitude is not None
    )
    rules.check_words(draft.text, photos=draft.photos.count(), longest=len(draft.text))
    report = _report_of(draft, token, category, reported_unit, anonymous=anonymous, secret=secret, by=by, at=at)
    report.save(force_insert=True)
    draft.photos.update(draft=None, report=report)
    draft.delete()
    _keep_contact(report, name, email)
    Entry.objects.create(agency_id=by.agency, report=report, kind=EntryKind.RECEIVED, unit=report.unit, at=at)
    record(Actor.visitor(by.agency), "reports.received", report, at=at, unit=report.unit_id, sealed=report.is_sealed)
    publish(ReportReceived(agency=by.agency, report=report.pk, at=at))
    return receipt_of(report, token)


def _draft(token: str) -> Draft:
    draft = Draft.objects.select_for_update().filter(key=draft_key(token)).first()
    if draft is None:
        raise Unseen
    return draft


def _sent_before(token: str) -> Receipt:
    report = Report.objects.select_related("unit", "service").filter(receipt_key=draft_key(token)).first()
    if report is None:
        raise Unseen
    return receipt_of(report, token)


def _report_of(
    draft: Draft,
    token: str,
    category: UUID | None,
    reported_unit: UUID | None,
    *,
    anonymous: bool,
    secret: bool,
    by: Actor,
    at: datetime,
) -> Report:
    today = timezone.localdate(at)
    route = route_for(
        draft.text, category=category, reported_unit=reported_unit, service=draft.service_id, by=by, today=today
    )
    shown, location_shown = mask(draft.text).text, mask(draft.location).text
    report = Report(
        agency_id=by.agency,
        number=_next_number(by.agency),
        receipt_key=draft_key(token),
        code_digest=code_digest(code_for(token)),
        text=shown if anonymous else draft.text,
        text_shown=shown,
        place_id=draft.place_id,
        location=location_shown if anonymous else draft.location,
        location_shown=location_shown,
        latitude=_coarse(draft.latitude, anonymous),
        longitude=_coarse(draft.longitude, anonymous),
        is_anonymous=anonymous,
        is_secret=secret,
        is_sealed=route.is_sealed,
        category=route.category,
        service=route.service,
        proposal=[{"code": p.code, "share": float(p.share), "words": p.words} for p in route.proposals[:3]],
        unit=route.unit,
        reported_unit=route.complained_of,
        received_at=at,
    )
    promise(report, since=today)
    return report


def promise(report: Report, *, since: date) -> None:
    """Set both promised dates of a report, with the rule they came from."""
    made = promise_for(report.category.request_class, report.unit, since=since)
    report.first_due, report.due, report.deadline_rule = made.first_due, made.due, made.rule


def _keep_contact(report: Report, name: str, email: str) -> None:
    if not report.is_anonymous and (name.strip() or email.strip()):
        ReporterContact.objects.create(
            agency_id=report.agency_id, report=report, name=encrypt(name.strip()), email=encrypt(email.strip())
        )


def _next_number(agency: UUID) -> int:
    NumberSeries.objects.get_or_create(agency_id=agency)
    NumberSeries.objects.filter(agency_id=agency).update(last=F("last") + 1)
    return NumberSeries.objects.get(agency_id=agency).last


def _coarse(degrees: float | None, anonymous: bool) -> float | None:
    """A point to about 10 m, or about 1 km for somebody who must not be found by it."""
    return None if degrees is None else round(degrees, 2 if anonymous else 4)

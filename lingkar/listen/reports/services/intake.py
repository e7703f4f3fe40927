"""What a citizen does before there is a case: write, say where, send."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lingkar.directory.orgs.queries import unit_of
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.calendar.queries import deadline
from lingkar.foundation.events.bus import publish
from lingkar.foundation.files.services import store
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.privacy.cipher import encrypt
from lingkar.foundation.privacy.masking import mask
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
    ANSWER_DAYS,
    FIRST_ANSWER_DAYS,
    LONGEST_TEXT,
    MOST_PHOTOS,
    SEAL_THRESHOLD,
)
from lingkar.listen.reports.queries.reporter import Receipt, receipt_of
from lingkar.listen.reports.queries.routing import answering_unit, chosen_category, propose_for


@transaction.atomic
def save_words(*, token: str, text: str, photos: Sequence["UploadedFile[bytes]"], by: Actor, at: datetime) -> None:
    """Keep the words and photos of a report that is being written. Photos are added to those already there.

    Raises ``Refused`` for nothing at all, too many characters or photos, or a photo that is none.
    """
    today = timezone.localdate(at)
    draft = Draft.objects.select_for_update().filter(key=draft_key(token)).first()
    held = draft.photos.count() if draft else 0
    rules.check_photo_count(held + len(photos), most=value(MOST_PHOTOS, agency=by.agency, on=today))
    longest = value(LONGEST_TEXT, agency=by.agency, on=today)
    rules.check_words(text, photos=held + len(photos), longest=longest)
    files = [store(photo, kind="photo", by=by, at=at) for photo in photos]
    draft, _ = Draft.objects.update_or_create(
        key=draft_key(token),
        defaults={"text": text.strip()},
        create_defaults={"agency_id": by.agency, "text": text.strip(), "started_at": at},
    )
    Attachment.objects.bulk_create(Attachment(agency_id=by.agency, draft=draft, file=file) for file in files)


@transaction.atomic
def remove_photo(*, token: str, photo: UUID, by: Actor) -> None:
    """Take a photo off a report that is being written. One that is not there is no fault."""
    Attachment.objects.filter(pk=photo, draft__key=draft_key(token), agency_id=by.agency).delete()


@transaction.atomic
def save_where(
    *,
    token: str,
    place: UUID | None,
    location: str,
    latitude: float | None,
    longitude: float | None,
) -> None:
    """Keep where it is. At least one of village, description and point is needed."""
    rules.check_where(has_place=place is not None, location=location, has_point=latitude is not None)
    draft = _draft(token)
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
    report = Report.objects.select_related("unit").filter(receipt_key=draft_key(token)).first()
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
    proposals = propose_for(draft.text)
    chosen = chosen_category(category, proposals)
    threshold = value(SEAL_THRESHOLD, agency=by.agency, on=today)
    sealed = rules.must_seal(chosen_is_sensitive=chosen.is_sensitive, proposals=proposals, threshold=threshold)
    complained_of = unit_of(reported_unit) if reported_unit else None
    unit = answering_unit(chosen, sealed=sealed, complained_of=complained_of)
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
        is_sealed=sealed,
        category=chosen,
        proposal=[{"code": p.code, "share": float(p.share), "words": p.words} for p in proposals[:3]],
        unit=unit,
        reported_unit=complained_of,
        received_at=at,
    )
    promise(report, since=today)
    return report


def promise(report: Report, *, since: date) -> None:
    """Set both promised dates of a report, in working days of its unit, with the rule they came from."""
    first = value(FIRST_ANSWER_DAYS, agency=report.agency_id, on=since)
    full = value(ANSWER_DAYS[report.category.request_class], agency=report.agency_id, on=since)
    week = report.unit.work_week_id
    first_due = deadline(since, first, agency=report.agency_id, work_week_id=week)
    due = deadline(since, max(first, full), agency=report.agency_id, work_week_id=week)
    report.first_due, report.due = first_due.date, due.date
    report.deadline_rule = f"{first_due.rule} {due.rule} {due.version}"


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

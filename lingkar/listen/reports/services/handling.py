"""What the units do with a case. Every verb locks the case and says which sight of it (``seen``) it was decided on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs.queries import known_unit
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.audit.services import record
from lingkar.foundation.calendar.queries import deadline
from lingkar.foundation.events.bus import publish
from lingkar.foundation.files.services import store
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.privacy.cipher import decrypt
from lingkar.foundation.privacy.masking import mask
from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import rules
from lingkar.listen.reports.access import Action, fetch, fetch_to_read
from lingkar.listen.reports.events import (
    ReportChanged,
    ReportClosed,
    ReportHandedOver,
    ReportHidden,
    ReportReferred,
    ReportReplied,
)
from lingkar.listen.reports.models import Attachment, Category, Entry, EntryKind, Report, ReporterContact
from lingkar.listen.reports.parameters import REOPEN_DAYS
from lingkar.listen.reports.queries.cases import file_of_case
from lingkar.listen.reports.queries.routing import answering_unit, check_referral, check_unseal, has_watchdog
from lingkar.listen.reports.rules import Move
from lingkar.listen.reports.services.intake import promise

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

ONE_LOOK = timedelta(minutes=5)
"""How long the small pictures of a page may take to load: they are one look with it."""


@transaction.atomic
def view_case(*, report: UUID, by: Actor, at: datetime) -> Report:
    """The case as ``by`` may read it. Looking at a sealed case leaves a line in the audit trail."""
    item = fetch_to_read(by, report)
    if item.is_sealed:
        record(by, "reports.sealed_viewed", item, at=at)
    return item


@transaction.atomic
def view_file(*, attachment: UUID, small: bool, by: Actor, at: datetime) -> Attachment:
    """A photo or proof of a case that ``by`` may see. One of a sealed case leaves a line, as the case itself does.

    The small pictures of a case that the same person has just opened came with that page: its line counts for them.
    """
    found = file_of_case(by, attachment)
    if found.report and found.report.is_sealed and not (small and _just_looked(found.report, by, at)):
        record(by, "reports.sealed_file_viewed", found.report, at=at, attachment=found.pk)
    return found


def _just_looked(item: Report, by: Actor, at: datetime) -> bool:
    looks = trail_of(item).filter(verb="reports.sealed_viewed", person=by.person, at__gte=at - ONE_LOOK)
    return looks.exists()


@dataclass(frozen=True)
class Contact:
    """How to reach a reporter. Shown once, kept nowhere."""

    name: str
    email: str


@transaction.atomic
def view_contact(*, report: UUID, by: Actor, at: datetime) -> Contact | None:
    """How to reach the reporter, if they said; every look is recorded.

    ``Forbidden`` where the inspector who opened the seal kept the contact back.
    """
    item = fetch(by, report, Action.CONTACT)
    row = ReporterContact.objects.filter(report=item).first()
    if row and row.is_withheld and not item.is_sealed:
        raise Forbidden
    record(by, "reports.contact_viewed", item, at=at)
    return Contact(decrypt(row.name), decrypt(row.email)) if row else None


@transaction.atomic
def accept_report(*, report: UUID, seen: int, by: Actor, at: datetime) -> None:
    """The unit says: this is ours, we work on it."""
    item = _begin(by, report, Action.HANDLE, seen)
    _move(item, Move.ACCEPT)
    _write(item, EntryKind.ACCEPTED, by=by, at=at)
    record(by, "reports.accepted", item, at=at)


@transaction.atomic
def refer_report(*, report: UUID, to_unit: UUID, note: str, seen: int, by: Actor, at: datetime) -> None:
    """Send a report to the unit that must answer it (disposisi). The promised dates stay."""
    item = _begin(by, report, Action.REFER, seen)
    target = known_unit(to_unit)
    check_referral(item, target)
    _move(item, Move.REFER)
    origin, item.unit = item.unit, target
    item.save(update_fields=["unit"])
    _write(item, EntryKind.REFERRED, text=note, internal=True, unit=origin, to_unit=target, by=by, at=at)
    record(by, "reports.referred", item, at=at, unit=target.pk)
    publish(ReportReferred(agency=item.agency_id, report=item.pk, at=at))


@transaction.atomic
def add_note(*, report: UUID, note: UUID, text: str, by: Actor, at: datetime) -> None:
    """An internal note: for those who handle the case, never for the reporter or the public.

    ``note`` is its id, made before it is sent: sent again after a lost answer it is the same note.
    """
    item = fetch(by, report, Action.HANDLE, lock=True)
    if not text.strip():
        raise Refused("reports.no_note")
    if item.entries.filter(pk=note, kind=EntryKind.NOTE, by=by.person).exists():
        return
    _write(item, EntryKind.NOTE, id=note, text=text, internal=True, by=by, at=at)
    record(by, "reports.noted", item, at=at)


@transaction.atomic
def reply_to_reporter(*, report: UUID, text: str, seen: int, by: Actor, at: datetime) -> None:
    """Tell the reporter something before the case is closed. The first reply keeps the first promise."""
    item = _begin(by, report, Action.HANDLE, seen)
    if not text.strip():
        raise Refused("reports.no_answer")
    _move(item, Move.REPLY)
    _answered(item, at)
    _write(item, EntryKind.REPLY, text=text, by=by, at=at)
    record(by, "reports.replied", item, at=at)
    publish(ReportReplied(agency=item.agency_id, report=item.pk, at=at))


@transaction.atomic
def close_report(
    *, report: UUID, text: str, proofs: Sequence["UploadedFile[bytes]"], seen: int, by: Actor, at: datetime
) -> None:
    """Answer with proof (photo or PDF). The reporter then has until ``reopen_until`` to rate or reopen."""
    item = _begin(by, report, Action.HANDLE, seen)
    rules.check_closing(text=text, proofs=len(proofs))
    _move(item, Move.CLOSE)
    files = [store(proof, kind="proof", by=by, at=at) for proof in proofs]
    _answered(item, at)
    item.closed_at = at
    item.reopen_until = _reopen_until(item, at)
    item.save(update_fields=["closed_at", "reopen_until"])
    entry = _write(item, EntryKind.CLOSED, text=text, by=by, at=at)
    Attachment.objects.bulk_create(
        Attachment(agency_id=item.agency_id, report=item, entry=entry, file=file) for file in files
    )
    record(by, "reports.closed", item, at=at, proofs=len(files))
    publish(ReportClosed(agency=item.agency_id, report=item.pk, at=at))


@transaction.atomic
def hand_over_report(*, report: UUID, to_agency: str, text: str, seen: int, by: Actor, at: datetime) -> None:
    """ "Not ours": say which agency answers and how the reporter reaches it. The reporter may still object."""
    item = _begin(by, report, Action.HANDLE, seen)
    if not to_agency.strip() or not text.strip():
        raise Refused("reports.no_other_agency")
    _move(item, Move.HAND_OVER)
    _answered(item, at)
    item.closed_at, item.reopen_until = at, _reopen_until(item, at)
    item.save(update_fields=["closed_at", "reopen_until"])
    _write(item, EntryKind.HANDED_OVER, text=f"{to_agency.strip()}\n\n{text.strip()}", by=by, at=at)
    record(by, "reports.handed_over", item, at=at)
    publish(ReportHandedOver(agency=item.agency_id, report=item.pk, at=at))


@transaction.atomic
def recategorise_report(*, report: UUID, category: UUID, reason: str = "", seen: int, by: Actor, at: datetime) -> None:
    """Correct the category. A sensitive one seals the case and takes it away from its unit at once.

    The promised dates follow the class of the new category, counted from the day that they were counted from before.
    Where a date moves, the reporter reads the old and the new one; a later one needs a ``reason``, and is written to
    whoever left an address.
    """
    item = _begin(by, report, Action.HANDLE, seen)
    chosen = Category.objects.select_related("unit").filter(pk=category, is_active=True).first()
    if chosen is None:
        raise Unseen
    if chosen.pk == item.category_id:
        raise Refused("reports.same_category")
    former, first_due, due = item.category, item.first_due, item.due
    item.category = chosen
    promise(item, since=_promised_on(item))
    item.first_due = min(item.first_due, first_due)
    rules.check_longer(before=due, after=item.due, reason=reason)
    item.save(update_fields=["category", "first_due", "due", "deadline_rule"])
    moved: dict[str, Any] = {} if item.due == due else {"due_before": due, "due_after": item.due}
    words = "\n\n".join(filter(None, [f"{former.name} → {chosen.name}", reason.strip()]))
    _write(item, EntryKind.RECATEGORISED, text=words, internal=not moved, by=by, at=at, **moved)
    record(by, "reports.recategorised", item, at=at, category=chosen.code)
    if chosen.is_sensitive and not item.is_sealed:
        _seal(item, by=by, at=at)
    _touch(item)
    if item.due > due:
        publish(ReportChanged(agency=item.agency_id, report=item.pk, at=at))


@transaction.atomic
def seal_report(*, report: UUID, seen: int, by: Actor, at: datetime) -> None:
    """Seal an open case: it goes to the Inspektorat and leaves every list, also the public one."""
    item = _begin(by, report, Action.SEAL, seen)
    _seal(item, by=by, at=at)
    _touch(item)


@transaction.atomic
def unseal_report(
    *, report: UUID, to_unit: UUID, note: str, share_contact: bool = False, seen: int, by: Actor, at: datetime
) -> None:
    """An inspector finds that a case is not sensitive and gives it to the unit that must answer, with the reason.

    The reporter's contact stays hidden from that unit unless ``share_contact``; the reporter is told either way.
    """
    item = _begin(by, report, Action.SEALED, seen)
    target = known_unit(to_unit)
    check_unseal(item, target)
    if not item.is_sealed:
        raise Refused("reports.not_sealed")
    if not note.strip():
        raise Refused("reports.no_reason")
    _move(item, Move.REFER)
    origin, item.unit, item.is_sealed = item.unit, target, False
    item.save(update_fields=["unit", "is_sealed"])
    _write(item, EntryKind.UNSEALED, text=note, internal=True, unit=origin, to_unit=target, by=by, at=at)
    ReporterContact.objects.filter(report=item).update(is_withheld=not share_contact)
    told = EntryKind.OPENED_WITH_CONTACT if share_contact else EntryKind.OPENED
    _write(item, told, unit=origin, to_unit=target, by=by, at=at)
    record(by, "reports.unsealed", item, at=at, unit=target.pk, contact=share_contact)
    publish(ReportReferred(agency=item.agency_id, report=item.pk, at=at))
    publish(ReportChanged(agency=item.agency_id, report=item.pk, at=at))


@transaction.atomic
def publish_report(*, report: UUID, seen: int, by: Actor, at: datetime) -> None:
    """Put the masked text and the answers on the public list. Never a sealed or secret report."""
    item = _begin(by, report, Action.PUBLISH, seen)
    if item.is_secret or item.is_sealed:
        raise Refused("reports.not_public")
    item.published_at = at
    item.save(update_fields=["published_at"])
    _touch(item)
    _write(item, EntryKind.PUBLISHED, internal=True, by=by, at=at)
    record(by, "reports.published", item, at=at)


@transaction.atomic
def withhold_report(*, report: UUID, seen: int, by: Actor, at: datetime) -> None:
    """Take a report off the public list."""
    item = _begin(by, report, Action.PUBLISH, seen)
    item.published_at = None
    item.save(update_fields=["published_at"])
    _touch(item)
    _write(item, EntryKind.WITHHELD, internal=True, by=by, at=at)
    record(by, "reports.withheld", item, at=at)
    publish(ReportHidden(agency=item.agency_id, report=item.pk, at=at))


def _begin(by: Actor, report: UUID, action: Action, seen: int) -> Report:
    item = fetch(by, report, action, lock=True)
    rules.check_unchanged(seen=seen, now=item.revision)
    return item


def _move(item: Report, move: Move) -> None:
    item.state = rules.after(rules.State(item.state), move)
    item.revision += 1
    item.save(update_fields=["state", "revision"])


def _touch(item: Report) -> None:
    item.revision += 1
    item.save(update_fields=["revision"])


def _seal(item: Report, *, by: Actor, at: datetime) -> None:
    """Only what the reporter said stands as the unit complained of: an inspector can undo a seal put on by mistake."""
    origin = item.unit
    rules.check_sealable(has_watchdog=has_watchdog())
    item.is_sealed, item.published_at = True, None
    item.unit = answering_unit(item.category, sealed=True, complained_of=item.reported_unit or origin)
    item.save(update_fields=["is_sealed", "published_at", "unit"])
    _write(item, EntryKind.SEALED, internal=True, unit=origin, to_unit=item.unit, by=by, at=at)
    record(by, "reports.sealed", item, at=at, unit=item.unit.pk)
    publish(ReportReferred(agency=item.agency_id, report=item.pk, at=at))
    publish(ReportHidden(agency=item.agency_id, report=item.pk, at=at))


def _promised_on(item: Report) -> date:
    """The day from which the promises run: when it came in, or was last reopened."""
    reopened = item.entries.filter(kind=EntryKind.REOPENED).order_by("-at").first()
    return timezone.localdate(reopened.at if reopened else item.received_at)


def _answered(item: Report, at: datetime) -> None:
    if item.first_answered_at is None:
        item.first_answered_at = at
        item.save(update_fields=["first_answered_at"])


def _reopen_until(item: Report, at: datetime) -> date:
    today = timezone.localdate(at)
    days = value(REOPEN_DAYS, agency=item.agency_id, on=today)
    return deadline(today, days, agency=item.agency_id, work_week_id=item.unit.work_week_id).date


def _write(
    item: Report,
    kind: EntryKind,
    *,
    text: str = "",
    internal: bool = False,
    unit: "Unit | None" = None,
    to_unit: "Unit | None" = None,
    by: Actor,
    at: datetime,
    **more: Any,
) -> Entry:
    words = text.strip()
    return Entry.objects.create(
        agency_id=item.agency_id,
        report=item,
        kind=kind,
        text=words,
        text_shown="" if internal else mask(words).text,
        is_internal=internal,
        by=by.person,
        unit=unit or item.unit,
        to_unit=to_unit,
        at=at,
        **more,
    )

"""The reporter's turn, and what the calendar does when they say nothing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.privacy.masking import mask
from lingkar.listen.reports import rules
from lingkar.listen.reports.events import ReportLapsed, ReportRated, ReportReopened
from lingkar.listen.reports.keys import opened_by
from lingkar.listen.reports.models import Attachment, Draft, Entry, EntryKind, Report
from lingkar.listen.reports.parameters import DRAFT_HOURS
from lingkar.listen.reports.rules import Move, State
from lingkar.listen.reports.services.intake import forget_photos, promise


@transaction.atomic
def rate_report(*, key: str, rating: int, note: str, by: Actor, at: datetime) -> None:
    """The reporter says what the answer was worth, 1 (bad) to 5 (good). Once per answer; again is once.

    ``key`` is the code, or the signed link of a mail. Every rating stays in the history; the report shows the last.
    """
    item = _of_reporter(key)
    rules.check_rating(rating)
    if _just_said(item, EntryKind.RATED, note, rating=rating):
        return
    item.state = rules.after(State(item.state), Move.RATE)
    item.rating, item.rating_note = rating, _words(item, note)
    item.revision += 1
    item.save(update_fields=["state", "rating", "rating_note", "revision"])
    _say(item, EntryKind.RATED, note, at, rating=rating)
    record(Actor.visitor(by.agency), "reports.rated", item, at=at, rating=rating)
    publish(ReportRated(agency=item.agency_id, report=item.pk, at=at, rating=rating))


@transaction.atomic
def reopen_report(*, key: str, reason: str, by: Actor, at: datetime) -> None:
    """The reporter was not helped: the case returns to its unit with new promised dates. The same twice is once."""
    item = _of_reporter(key)
    if _just_said(item, EntryKind.REOPENED, reason):
        return
    today = timezone.localdate(at)
    state = rules.after(State(item.state), Move.REOPEN)
    rules.check_reopening(today=today, until=item.reopen_until, reason=reason)
    item.state, item.reopened = state, item.reopened + 1
    item.closed_at = item.reopen_until = item.first_answered_at = None
    item.revision += 1
    promise(item, since=today)
    item.save()
    _say(item, EntryKind.REOPENED, reason, at)
    record(Actor.visitor(by.agency), "reports.reopened", item, at=at)
    publish(ReportReopened(agency=item.agency_id, report=item.pk, at=at))


@transaction.atomic
def lapse_reports(*, by: Actor, at: datetime, most: int = 500) -> int:
    """Close answered reports whose reporter's time is over, as silence. Returns how many."""
    today = timezone.localdate(at)
    rows = Report.objects.select_for_update(skip_locked=True).filter(state=State.ANSWERED, reopen_until__lt=today)
    items = list(rows.order_by("reopen_until")[:most])
    for item in items:
        item.state = rules.after(State(item.state), Move.LAPSE)
        item.revision += 1
        item.save(update_fields=["state", "revision"])
        Entry.objects.create(agency_id=item.agency_id, report=item, kind=EntryKind.LAPSED, at=at)
        record(by, "reports.lapsed", item, at=at)
        publish(ReportLapsed(agency=item.agency_id, report=item.pk, at=at))
    return len(items)


@transaction.atomic
def purge_drafts(*, by: Actor, at: datetime) -> int:
    """Forget reports that were begun and never sent, with their photos. Returns how many."""
    hours = value(DRAFT_HOURS, agency=by.agency, on=timezone.localdate(at))
    rows = Draft.objects.select_for_update(skip_locked=True).filter(started_at__lt=at - timedelta(hours=hours))
    old = [draft.pk for draft in rows]
    forget_photos(Attachment.objects.filter(draft__in=old), by=by, at=at)
    Draft.objects.filter(pk__in=old).delete()
    return len(old)


def _of_reporter(key: str) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("category", "unit")
    item = rows.filter(opened_by(key)).first()
    if item is None:
        raise Unseen
    return item


def _words(item: Report, text: str) -> str:
    """What an anonymous reporter writes is kept masked only, always."""
    return mask(text.strip()).text if item.is_anonymous else text.strip()


def _just_said(item: Report, kind: EntryKind, text: str, *, rating: int | None = None) -> bool:
    """Whether the report stands where this very word has brought it: the form was sent twice."""
    last = item.entries.filter(kind=kind).order_by("-at", "-id").first()
    stands = item.state == {EntryKind.RATED: State.RATED, EntryKind.REOPENED: State.REOPENED}[kind]
    return stands and last is not None and (last.text, last.rating) == (_words(item, text), rating)


def _say(item: Report, kind: EntryKind, text: str, at: datetime, *, rating: int | None = None) -> None:
    Entry.objects.create(
        agency_id=item.agency_id,
        report=item,
        kind=kind,
        text=_words(item, text),
        text_shown=mask(text.strip()).text,
        rating=rating,
        at=at,
    )

"""What a reporter may see: their draft, their receipt, their case."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.privacy.masking import mask
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.listen.reports import rules
from lingkar.listen.reports.keys import code_for, digests_of, draft_key, opened_by, report_of_link
from lingkar.listen.reports.models import Attachment, Category, Draft, Entry, Report
from lingkar.listen.reports.queries.cases import entries_of, files_of, one_file
from lingkar.listen.reports.queries.promises import Promise, days_off_within, promise_for, promise_of
from lingkar.listen.reports.queries.routing import route_for
from lingkar.listen.reports.rules import State

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit
    from lingkar.directory.services.models import Service

RECEIPT_DAYS = 1
"""How long a receipt page shows its code again, in days; afterwards the code alone opens the case."""


@dataclass(frozen=True)
class Receipt:
    """What the reporter gets: the number for everybody, the code for themselves, who answers and until when.

    ``days_off`` names the holidays that the promised dates step over.
    """

    report: UUID
    number: int
    code: str
    unit: str
    promise: Promise
    days_off: tuple[str, ...]
    is_sealed: bool
    is_anonymous: bool
    is_secret: bool
    service: str = ""


def receipt_of(report: Report, token: str) -> Receipt:
    """The receipt of a report, for whoever holds its token."""
    promise = promise_of(report)
    return Receipt(
        report=report.pk,
        number=report.number,
        code=code_for(token),
        unit=report.unit.name,
        promise=promise,
        days_off=days_off_within(promise, since=timezone.localdate(report.received_at)),
        is_sealed=report.is_sealed,
        is_anonymous=report.is_anonymous,
        is_secret=report.is_secret,
        service=report.service.name if report.service else "",
    )


def draft_of(token: str) -> Draft | None:
    """The unsent report of a token, with its photos."""
    return (
        Draft.objects.filter(key=draft_key(token))
        .select_related("place", "place__parent", "service", "service__unit")
        .prefetch_related(Prefetch("photos", Attachment.objects.select_related("file")))
        .first()
    )


@dataclass(frozen=True)
class Preview:
    """How a report will look before it is sent ("beginilah yang tampil"), where it will go and what is promised.

    ``words`` are those of the text that proposed the category; none when nothing did.
    """

    draft: Draft
    shown: str
    location_shown: str
    masked_kinds: tuple[str, ...]
    category: Category
    words: tuple[str, ...]
    unit: "Unit"
    promise: Promise
    is_sealed: bool
    service: "Service | None" = None


def preview_of(
    token: str, *, category: UUID | None = None, reported_unit: UUID | None = None, by: Actor, today: date
) -> Preview | None:
    """What sending would do. ``category`` overrides the proposed one."""
    draft = draft_of(token)
    if draft is None:
        return None
    route = route_for(
        draft.text, category=category, reported_unit=reported_unit, service=draft.service_id, by=by, today=today
    )
    words, where = mask(draft.text), mask(draft.location)
    return Preview(
        draft=draft,
        shown=words.text,
        location_shown=where.text,
        masked_kinds=tuple(dict.fromkeys(words.kinds + where.kinds)),
        category=route.category,
        words=route.words,
        unit=route.unit,
        promise=promise_for(route.category.request_class, route.unit, since=today),
        is_sealed=route.is_sealed,
        service=route.service,
    )


def receipt_for(token: str, *, at: datetime) -> Receipt | None:
    """The receipt of a sent report, for a day."""
    since = at - timedelta(days=RECEIPT_DAYS)
    rows = Report.objects.select_related("unit", "service")
    report = rows.filter(receipt_key=draft_key(token), received_at__gte=since).first()
    return receipt_of(report, token) if report else None


@dataclass(frozen=True)
class ReporterView:
    """A case as its reporter sees it: everything that is not internal, no officer's name."""

    report: Report
    entries: tuple[Entry, ...]
    photos: tuple[Attachment, ...]
    proofs: dict[UUID, list[Attachment]]
    can_rate: bool
    can_reopen: bool
    is_overdue: bool

    @property
    def history(self) -> list[tuple[Entry, list[Attachment]]]:
        """Every entry with the files that prove what it says."""
        return [(entry, self.proofs.get(entry.pk, [])) for entry in self.entries]


def by_key(key: str, *, today: date) -> ReporterView:
    """The case that a reporter's key (a code, or the signed link of a mail) opens. ``Unseen`` when there is none."""
    report = _opened(key)
    if report is None:
        raise Unseen
    files: dict[UUID | None, list[Attachment]] = {}
    for file in files_of(report=report.pk):
        files.setdefault(file.entry_id, []).append(file)
    state = State(report.state)
    moves = rules.moves_from(state)
    return ReporterView(
        report=report,
        entries=tuple(entry for entry in entries_of(report=report.pk) if not entry.is_internal),
        photos=tuple(files.pop(None, ())),
        proofs={entry: rows for entry, rows in files.items() if entry},
        can_rate=rules.Move.RATE in moves,
        can_reopen=rules.Move.REOPEN in moves and (report.reopen_until is None or today <= report.reopen_until),
        is_overdue=state in rules.OPEN_STATES and report.next_due < today,
    )


def _opened(key: str) -> Report | None:
    """The report that a key opens."""
    linked = report_of_link(key)
    found = _linked(report=linked) if linked else [row for known in digests_of(key) for row in _coded(digest=known)]
    return found[0] if found else None


@prepared
def _coded(*, digest: str) -> QuerySet[Report]:
    return _reports().filter(code_digest=digest)


@prepared
def _linked(*, report: UUID) -> QuerySet[Report]:
    return _reports().filter(pk=report)


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("unit", "category", "service", "place", "place__parent").defer("search")


def file_of_reporter(key: str, attachment: UUID) -> Attachment:
    """A photo or proof of a case, for whoever holds its key."""
    return one_file(Attachment.objects.filter(report__in=Report.objects.filter(opened_by(key)), pk=attachment))


def file_of_draft(token: str, attachment: UUID) -> Attachment:
    """A photo of a report that is being written."""
    return one_file(Attachment.objects.filter(draft__key=draft_key(token), pk=attachment))

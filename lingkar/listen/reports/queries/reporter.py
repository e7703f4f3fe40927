"""What a reporter may see: their draft, their receipt, their case."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch

from lingkar.foundation.access import Unseen
from lingkar.foundation.privacy.masking import mask
from lingkar.listen.reports import rules
from lingkar.listen.reports.keys import code_digest, code_for, draft_key
from lingkar.listen.reports.models import Attachment, Category, Draft, Entry, Report
from lingkar.listen.reports.queries.cases import history_of, one_file
from lingkar.listen.reports.queries.routing import answering_unit, chosen_category, propose_for
from lingkar.listen.reports.rules import State

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

RECEIPT_DAYS = 1
"""How long a receipt page shows its code again, in days; afterwards the code alone opens the case."""


@dataclass(frozen=True)
class Receipt:
    """What the reporter gets: the number for everybody, the code for themselves, who answers and until when."""

    report: UUID
    number: int
    code: str
    unit: str
    first_due: date
    due: date
    is_sealed: bool


def receipt_of(report: Report, token: str) -> Receipt:
    """The receipt of a report, for whoever holds its token."""
    return Receipt(
        report.pk, report.number, code_for(token), report.unit.name, report.first_due, report.due, report.is_sealed
    )


def draft_of(token: str) -> Draft | None:
    """The unsent report of a token, with its photos."""
    return (
        Draft.objects.filter(key=draft_key(token))
        .select_related("place", "place__parent")
        .prefetch_related(Prefetch("photos", Attachment.objects.select_related("file")))
        .first()
    )


@dataclass(frozen=True)
class Preview:
    """How a report will look before it is sent ("beginilah yang tampil"), and where it will go."""

    draft: Draft
    shown: str
    location_shown: str
    masked_kinds: tuple[str, ...]
    category: Category
    words: tuple[str, ...]
    unit: "Unit"
    is_sealed: bool


def preview_of(token: str, *, category: UUID | None = None, threshold: Decimal) -> Preview | None:
    """What sending would do. ``category`` overrides the proposed one; ``threshold`` is the sealing parameter."""
    draft = draft_of(token)
    if draft is None:
        return None
    proposals = propose_for(draft.text)
    chosen = chosen_category(category, proposals)
    sealed = rules.must_seal(chosen_is_sensitive=chosen.is_sensitive, proposals=proposals, threshold=threshold)
    words, where = mask(draft.text), mask(draft.location)
    return Preview(
        draft=draft,
        shown=words.text,
        location_shown=where.text,
        masked_kinds=tuple(dict.fromkeys(words.kinds + where.kinds)),
        category=chosen,
        words=next((p.words for p in proposals if p.code == chosen.code), ()),
        unit=answering_unit(chosen, sealed=sealed, complained_of=None),
        is_sealed=sealed,
    )


def receipt_for(token: str, *, at: datetime) -> Receipt | None:
    """The receipt of a sent report, for a day."""
    since = at - timedelta(days=RECEIPT_DAYS)
    report = Report.objects.select_related("unit").filter(receipt_key=draft_key(token), received_at__gte=since).first()
    return receipt_of(report, token) if report else None


@dataclass(frozen=True)
class ReporterView:
    """A case as its reporter sees it: everything that is not internal, no officer's name."""

    report: Report
    entries: tuple[Entry, ...]
    photos: tuple[Attachment, ...]
    can_rate: bool
    can_reopen: bool
    is_overdue: bool


def by_code(code: str, *, today: date) -> ReporterView:
    """The case of a tracking code. Raises ``Unseen`` when there is none."""
    rows = Report.objects.select_related("unit", "category", "place", "place__parent")
    report = rows.filter(code_digest=code_digest(code)).first()
    if report is None:
        raise Unseen
    state = State(report.state)
    moves = rules.moves_from(state)
    return ReporterView(
        report=report,
        entries=tuple(history_of(report).filter(is_internal=False)),
        photos=tuple(report.attachments.filter(entry=None).select_related("file")),
        can_rate=rules.Move.RATE in moves,
        can_reopen=rules.Move.REOPEN in moves and (report.reopen_until is None or today <= report.reopen_until),
        is_overdue=state in rules.OPEN_STATES and report.next_due < today,
    )


def file_of_reporter(code: str, attachment: UUID) -> Attachment:
    """A photo or proof of a case, for whoever holds its code."""
    return one_file(Attachment.objects.filter(report__code_digest=code_digest(code), pk=attachment))


def file_of_draft(token: str, attachment: UUID) -> Attachment:
    """A photo of a report that is being written."""
    return one_file(Attachment.objects.filter(draft__key=draft_key(token), pk=attachment))

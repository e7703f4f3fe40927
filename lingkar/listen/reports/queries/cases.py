"""What a unit sees: its queue and its cases."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Prefetch, Q, QuerySet

from lingkar.directory.people.queries import names_of
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.listen.reports import access, rules
from lingkar.listen.reports.access import Action
from lingkar.listen.reports.models import Attachment, Entry, Report
from lingkar.listen.reports.rules import State

TABS = ("open", "overdue", "waiting", "closed")


def queue(
    by: Actor,
    *,
    today: date,
    state: str = "open",
    unit: UUID | None = None,
    category: UUID | None = None,
    text: str = "",
) -> QuerySet[Report]:
    """Cases that ``by`` may see, the most urgent promise first. ``state``: open, overdue, waiting, closed or all."""
    rows = access.visible(by)
    rows = rows.filter(_state_filter(state, today))
    if unit:
        rows = rows.filter(unit=unit)
    if category:
        rows = rows.filter(category=category)
    if text.strip():
        rows = rows.filter(matches(text))
    return rows.order_by("next_due", "number") if state in ("open", "overdue") else rows.order_by("-received_at")


def queue_counts(by: Actor, *, today: date) -> dict[str, int]:
    """How many cases stand in each tab of the queue."""
    return (
        access.visible(by)
        .order_by()
        .aggregate(**{state: Count("pk", filter=_state_filter(state, today)) for state in TABS})
    )


@dataclass(frozen=True)
class CaseView:
    """A case as an officer sees it."""

    report: Report
    entries: tuple[Entry, ...]
    photos: tuple[Attachment, ...]
    names: dict[UUID, str]
    moves: frozenset[rules.Move]
    actions: frozenset[Action]
    has_contact: bool
    views: int


def case_of(report: Report, by: Actor) -> CaseView:
    """History and possible acts of a case that ``view_case`` opened for ``by``."""
    entries = tuple(history_of(report))
    return CaseView(
        report=report,
        entries=entries,
        photos=tuple(report.attachments.filter(entry=None).select_related("file")),
        names=names_of(entry.by for entry in entries if entry.by),
        moves=rules.moves_from(State(report.state)),
        actions=frozenset(action for action in Action if access.may(by, action, report)),
        has_contact=hasattr(report, "contact"),
        views=trail_of(report).filter(verb="reports.sealed_viewed").count() if report.is_sealed else 0,
    )


def file_of_case(by: Actor, attachment: UUID) -> Attachment:
    """A photo or proof of a case that ``by`` may see."""
    return one_file(Attachment.objects.filter(pk=attachment, report__in=access.visible(by)))


def history_of(report: Report) -> QuerySet[Entry]:
    """All entries of a case with their proofs, oldest first."""
    proofs = Prefetch("proofs", Attachment.objects.select_related("file"))
    return report.entries.select_related("unit", "to_unit").prefetch_related(proofs)


def one_file(rows: QuerySet[Attachment]) -> Attachment:
    """The attachment that is left of ``rows``, with its file. Raises ``Unseen`` for none."""
    row = rows.select_related("file").first()
    if row is None:
        raise Unseen
    return row


def matches(text: str) -> Q:
    """Reports whose shown words match (Indonesian stemming), or whose number was typed."""
    words = Q(search=SearchQuery(text, config="indonesian", search_type="websearch"))
    number = text.strip().lstrip("#")
    return words | Q(number=int(number)) if number.isdecimal() and len(number) < 15 else words


def _state_filter(state: str, today: date) -> Q:
    is_open = Q(state__in=rules.OPEN_STATES)
    return {
        "open": is_open,
        "overdue": is_open & Q(next_due__lt=today),
        "waiting": Q(state=State.ANSWERED),
        "closed": Q(state__in=[State.RATED, State.SILENT, State.OUTSIDE]),
    }.get(state, Q())

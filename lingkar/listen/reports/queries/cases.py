"""What a unit sees: its queue and its cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Max, Q, QuerySet
from django.utils.formats import number_format

from lingkar.directory.orgs.queries import UnitLine, unit_lines, units_in
from lingkar.directory.people.queries import names_of
from lingkar.directory.services.queries import published
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.together import HowMany
from lingkar.listen.reports import access, rules
from lingkar.listen.reports.access import Action
from lingkar.listen.reports.models import Attachment, Entry, EntryKind, Report, ReporterContact
from lingkar.listen.reports.rules import State

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

TABS = ("open", "overdue", "waiting", "closed")

ORDERS = {"open": ("next_due", "number"), "overdue": ("next_due", "number"), "waiting": ("reopen_until", "number")}
"""What is due first stands first; everything else newest first."""

MOST_COUNTED = 1000
"""A list is counted and paged up to here: nobody works through a thousand cases, and counting 100,000 costs time."""


def queue(
    by: Actor,
    *,
    today: date,
    state: str = "open",
    unit: UUID | None = None,
    category: UUID | None = None,
    service: UUID | None = None,
    text: str = "",
) -> QuerySet[Report]:
    """Cases that ``by`` may see, the most urgent promise first. ``state``: open, overdue, waiting, closed or all.

    Read ``text_shown`` only: what was written before masking is not even fetched.
    """
    rows = access.visible(by).defer("text", "location", "rating_note")
    rows = rows.filter(_state_filter(state, today))
    if unit:
        rows = rows.filter(unit=unit)
    if category:
        rows = rows.filter(category=category)
    if service:
        rows = rows.filter(service=service)
    if text.strip():
        rows = rows.filter(matches(text))
    return rows.order_by(*ORDERS.get(state, ("-received_at",)))


@dataclass(frozen=True, slots=True)
class Line:
    """A case as lists show it. ``unit`` and ``text_shown`` are as the report's; ``place`` stands in ``district``."""

    id: UUID
    number: int
    state: str
    is_sealed: bool
    is_secret: bool
    next_due: date
    text_shown: str
    location_shown: str
    category: str = column("category__name")
    service: str | None = column("service__name")
    unit_name: str = column("unit__name")
    unit_short: str = column("unit__short_name")
    place: str | None = column("place__name")
    district: str | None = column("place__parent__name")

    @property
    def unit(self) -> str:
        return self.unit_short or self.unit_name


def lines(rows: QuerySet[Report]) -> "QuerySet[Report, Line]":
    """Cases as lists show them."""
    return plain(rows, Line)


class QueuePages:
    """The lines of ``queue`` by slices, as a paginator takes them."""

    def __init__(self, by: Actor, *, today: date, state: str, text: str, **filters: Any) -> None:
        self.by, self.state, self.text = by, state, text
        self.named: dict[str, Any] = {"today": today, **filters}

    def __getitem__(self, part: slice) -> list[Line]:
        if self.text.strip():
            return list(lines(queue(self.by, state=self.state, text=self.text, **self.named))[part])
        return _queue(access.sight(self.by), self.state, part.start or 0, part.stop, **self.named)


@prepared
def _queue(by: Actor, state: str, start: int, stop: int, *, today: date, **filters: Any) -> "QuerySet[Report, Line]":
    return lines(queue(by, today=today, state=state, **filters))[start:stop]


@dataclass(frozen=True)
class Tally:
    """How many, as far as it was counted: ``str()`` says "1.000+" for more."""

    count: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"{number_format(self.count, force_grouping=True)}{'+' if self.is_more else ''}"


def tally(rows: QuerySet[Report], most: int = MOST_COUNTED) -> Tally:
    """Count ``rows`` up to ``most``: the database stops there."""
    found = rows.order_by()[: most + 1].count()
    return Tally(min(found, most), found > most)


def queue_counts(
    by: Actor,
    *,
    today: date,
    unit: UUID | None = None,
    category: UUID | None = None,
    service: UUID | None = None,
    text: str = "",
) -> dict[str, Tally]:
    """How many cases stand in each tab of the queue, under the same filters. One query."""
    named: dict[str, Any] = {"today": today, "unit": unit, "category": category, "service": service}
    if text.strip():
        found = _counts(access.sight(by), text, **named).get()
    else:
        found = _counts_without_words(access.sight(by), **named)[0]
    return {tab: Tally(min(found[tab], MOST_COUNTED), found[tab] > MOST_COUNTED) for tab in TABS}


def _counts(by: Actor, text: str = "", *, today: date, **filters: Any) -> "QuerySet[Agency, Any]":
    rows = {tab: queue(by, today=today, state=tab, text=text, **filters) for tab in TABS}
    counted = {tab: HowMany(cases.order_by()[: MOST_COUNTED + 1].values("pk")) for tab, cases in rows.items()}
    return Agency.objects.filter(pk=by.agency).values(**counted)


_counts_without_words = prepared(_counts)


def most_urgent(by: Actor, *, today: date, most: int) -> list[Line]:
    """The cases to work on next: the open ones whose promise comes first."""
    return _queue(access.sight(by), "open", 0, most, today=today, unit=None, category=None)


def own_units(by: Actor) -> "QuerySet[Unit]":
    """The units over which ``by`` holds a role, by name; none for a role over the whole agency."""
    return units_in(by.agency).filter(pk__in=[grant.unit for grant in by.grants if grant.unit]).order_by("name")


def units_of(by: Actor) -> list[UnitLine]:
    """Units whose cases ``by`` may see, in the order of the tree."""
    return _units_of(access.sight(by))


@prepared
def _units_of(by: Actor) -> "QuerySet[Unit, UnitLine]":
    return unit_lines(units_in(by.agency).filter(access.below("path", by)))


def services_of(by: Actor, *, today: date) -> list[tuple[str, str]]:
    """``(id, name)`` of the services of the units whose cases ``by`` may see, by name, for a select."""
    return [(str(service), name) for service, name in _services_of(access.sight(by), today=today)]


@prepared
def _services_of(by: Actor, *, today: date) -> "QuerySet[Any, Any]":
    return published(day=today).filter(access.below("unit__path", by)).values_list("service_id", "name")


def sees(by: Actor, report: UUID) -> bool:
    """Whether ``by`` may know of the case."""
    return access.visible(by).filter(pk=report).exists()


def whose_turn(report: UUID) -> tuple[str, bool]:
    """The path of the unit that has a case, and whether it is sealed: whom to tell, and nothing of what was said."""
    item = Report.objects.select_related("unit").only("is_sealed", "unit__path").filter(pk=report).first()
    if item is None:
        raise Unseen
    return item.unit.path, item.is_sealed


def just_done(by: Actor, report: UUID, kind: EntryKind, *, since: datetime) -> bool:
    """Whether ``by`` did this to the case a moment ago: a double tap. It tells nobody anything but their own act."""
    rows = Entry.objects.filter(report=report, by=by.person, kind=kind, at__gte=since)
    return by.is_signed_in and rows.exists()


@dataclass(frozen=True)
class CaseView:
    """A case as an officer sees it."""

    report: Report
    entries: tuple[Entry, ...]
    photos: tuple[Attachment, ...]
    proofs: dict[UUID, list[Attachment]]
    names: dict[UUID, str]
    moves: frozenset[rules.Move]
    actions: frozenset[Action]
    has_contact: bool
    contact_is_withheld: bool
    looks: tuple["Look", ...]

    @property
    def last_change(self) -> Entry:
        """The newest entry that changed the case; notes change nothing."""
        return next(entry for entry in reversed(self.entries) if entry.kind != EntryKind.NOTE)

    def name_of(self, entry: Entry) -> str:
        """Who wrote an entry; "" for the reporter and for the calendar."""
        return self.names.get(entry.by, "") if entry.by else ""


@dataclass(frozen=True)
class Look:
    """Somebody opened a sealed case or a photo of it: who, how often, when last."""

    name: str
    times: int
    last: datetime


def case_of(report: Report, by: Actor) -> CaseView:
    """History and possible acts of a case that ``view_case`` opened for ``by``."""
    entries = _readable(report, entries_of(report=report.pk))
    looks = _looks(report) if report.is_sealed else []
    names = names_of([*(entry.by for entry in entries if entry.by), *(person for person, _, _ in looks if person)])
    files: dict[UUID | None, list[Attachment]] = {}
    for file in files_of(report=report.pk):
        files.setdefault(file.entry_id, []).append(file)
    return CaseView(
        report=report,
        entries=entries,
        photos=tuple(files.pop(None, ())),
        proofs={entry: rows for entry, rows in files.items() if entry},
        names=names,
        moves=rules.moves_from(State(report.state)),
        actions=frozenset(action for action in Action if access.may(by, action, report)),
        has_contact=has_contact(report),
        contact_is_withheld=not report.is_sealed and bool(getattr(report, "is_contact_withheld", False)),
        looks=tuple(Look(names.get(person, ""), times, last) for person, times, last in looks if person),
    )


@prepared
def entries_of(*, report: UUID) -> QuerySet[Entry]:
    """All entries of a case, oldest first."""
    return Entry.objects.filter(report=report).select_related("unit", "to_unit")


@prepared
def files_of(*, report: UUID) -> QuerySet[Attachment]:
    """Photos and proofs of a case; those with an ``entry`` prove what it says."""
    return Attachment.objects.filter(report=report).select_related("file")


KEPT_UNDER_SEAL = frozenset({EntryKind.NOTE, EntryKind.REFERRED})


def _readable(report: Report, history: Iterable[Entry]) -> tuple[Entry, ...]:
    """The history without what inspectors wrote to each other under a seal that is open by now.

    They were told that nobody else reads it. Sealed again, the case shows it to them again.
    """
    entries = tuple(history)
    if report.is_sealed:
        return entries
    seals = [entry.kind for entry in entries if entry.kind in (EntryKind.SEALED, EntryKind.UNSEALED)]
    is_sealed = seals[:1] == [EntryKind.UNSEALED]
    readable = []
    for entry in entries:
        if entry.kind in (EntryKind.SEALED, EntryKind.UNSEALED):
            is_sealed = entry.kind == EntryKind.SEALED
        if not (is_sealed and entry.kind in KEPT_UNDER_SEAL):
            readable.append(entry)
    return tuple(readable)


def has_contact(report: Report) -> bool:
    """Whether the reporter left a contact; asked along with the case where ``view_case`` fetched it."""
    known = getattr(report, "has_contact", None)
    return ReporterContact.objects.filter(report=report).exists() if known is None else bool(known)


LOOKS = ("reports.sealed_viewed", "reports.sealed_file_viewed")


def _looks(report: Report) -> list[tuple[UUID | None, int, datetime]]:
    """Who opened a sealed case or one of its files, how often and when last, the latest look first."""
    rows = trail_of(report).filter(verb__in=LOOKS).order_by().values_list("person")
    return list(rows.annotate(times=Count("pk"), last=Max("at")).order_by("-last"))


def file_of_case(by: Actor, attachment: UUID) -> Attachment:
    """A photo or proof of a case that ``by`` may see, with its report."""
    return one_file(Attachment.objects.filter(pk=attachment, report__in=access.visible(by)).select_related("report"))


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

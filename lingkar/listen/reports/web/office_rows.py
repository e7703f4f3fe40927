"""How a case stands in a list: its promise in words, its state, its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.foundation.access.web import address
from lingkar.foundation.ui.words import shortened
from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Attachment, Entry, EntryKind, Report, ReportState
from lingkar.listen.reports.queries import CaseView, Line
from lingkar.listen.reports.rules import State

LONGEST_TITLE = 100
SOON = 2
"""Days before a promise from which it is marked."""

STATE_KINDS = {
    State.RECEIVED: "info",
    State.IN_PROGRESS: "plain",
    State.ANSWERED: "good",
    State.RATED: "good",
    State.SILENT: "plain",
    State.REOPENED: "warn",
    State.OUTSIDE: "plain",
}


@dataclass(frozen=True)
class Due:
    """A promise in words: "3 hari terlambat". ``kind`` colours what the words already say."""

    words: str
    kind: str
    is_overdue: bool = False


@dataclass(frozen=True)
class Badge:
    """A short word on a coloured ground, drawn by ``c-row``."""

    words: str
    kind: str = "plain"
    icon: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    url: str
    title: str
    meta: str
    due: Due | None
    badges: list[Badge]


def row_of(line: Line, *, today: date) -> Row:
    """How a case stands in a list. Of a sealed one nothing is said: reading it leaves a record."""
    due = due_of(line, today=today)
    return Row(
        url=address("reports:office_case", line.id),
        title=_("Sealed case: each time it is opened is recorded") if line.is_sealed else title_of(line),
        meta=" · ".join(filter(None, _meta(line))),
        due=due,
        badges=list(_badges(line, due)),
    )


def _meta(line: Line) -> Iterator[str | None]:
    yield f"#{line.number}"
    yield line.category
    yield "" if line.is_sealed else line.service
    yield spot(line.place, line.district, line.location_shown)
    yield line.unit


def _badges(line: Line, due: Due | None) -> Iterator[Badge]:
    if line.is_sealed:
        yield Badge(_("Sealed"), "warn", "lock")
    if line.is_secret:
        yield Badge(_("Secret"), "plain", "eye-off")
    yield Badge(str(ReportState(line.state).label), STATE_KINDS[State(line.state)])
    if due:
        yield Badge(due.words, due.kind, "triangle-alert" if due.is_overdue else "")


def title_of(report: Report | Line) -> str:
    """The first words of a report, masked."""
    words = " ".join(report.text_shown.split())
    return shortened(words, LONGEST_TITLE) or _("A photo without words")


def where(report: Report) -> str:
    """Village and district, else the described spot, masked."""
    place = report.place
    district = place.parent if place else None
    return spot(place.name if place else None, district.name if district else None, report.location_shown)


def spot(place: str | None, district: str | None, described: str) -> str:
    """The same, of names."""
    return f"{place}, {district}" if place and district else place or described


def due_of(report: Report | Line, *, today: date) -> Due | None:
    """How far away the next promise is; nothing once the reporter has the word."""
    if State(report.state) not in rules.OPEN_STATES:
        return None
    days = (report.next_due - today).days
    if days < 0:
        late = ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
        return Due(late, "bad", is_overdue=True)
    if days == 0:
        return Due(_("Due today"), "warn")
    if days == 1:
        return Due(_("Due tomorrow"), "warn")
    return Due(_("Due in %(days)s days") % {"days": days}, "warn" if days <= SOON else "plain")


@dataclass(frozen=True)
class Proposed:
    """A category that the words spoke for: how much of them, and which."""

    code: str
    percent: int
    words: str


def proposals_of(report: Report) -> list[Proposed]:
    """What was proposed when the report came in, the strongest first."""
    return [Proposed(p["code"], round(float(p["share"]) * 100), ", ".join(p["words"])) for p in report.proposal]


def promised_on(case: CaseView) -> date:
    """The day from which the promises run: when it came in, or was last reopened."""
    reopened = [entry.at for entry in case.entries if entry.kind == EntryKind.REOPENED]
    return timezone.localdate(max(reopened, default=case.report.received_at))


@dataclass(frozen=True)
class Moment:
    """One entry of the history as the page shows it."""

    entry: Entry
    title: str
    who: str
    at: datetime
    kind: str
    route: str
    pictures: list[Attachment]
    documents: list[Attachment]


MOMENT_KINDS = {
    EntryKind.CLOSED: "good",
    EntryKind.RATED: "good",
    EntryKind.REOPENED: "warn",
    EntryKind.SEALED: "warn",
    EntryKind.UNSEALED: "warn",
}


def moment_of(entry: Entry, case: CaseView) -> Moment:
    """Who did what, when; citizens have no name here."""
    name = case.name_of(entry)
    who = f"{name}, {entry.unit}" if name and entry.unit else name or _author_without_name(entry)
    route = f"{entry.unit} → {entry.to_unit}" if entry.to_unit else ""
    kind = MOMENT_KINDS.get(EntryKind(entry.kind), "plain")
    proofs = case.proofs.get(entry.pk, [])
    return Moment(
        entry=entry,
        title=str(entry.get_kind_display()),
        who=who,
        at=entry.at,
        kind=kind,
        route=route,
        pictures=[proof for proof in proofs if proof.file.is_picture],
        documents=[proof for proof in proofs if not proof.file.is_picture],
    )


def _author_without_name(entry: Entry) -> str:
    spoken = (EntryKind.RECEIVED, EntryKind.RATED, EntryKind.REOPENED)
    return _("The reporter") if entry.kind in spoken else _("Lingkar")

"""The circle board, the chain of one service, and the published cases behind its causes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui import charts
from lingkar.foundation.ui.filters import remembered
from lingkar.loop.causes import queries as causes
from lingkar.loop.causes.models import CauseKind
from lingkar.loop.causes.queries import LearningCase
from lingkar.loop.scoreboard import queries, services
from lingkar.loop.scoreboard.access import Action
from lingkar.loop.scoreboard.queries import Chain, Line, Statement, Station
from lingkar.loop.scoreboard.web import words
from lingkar.loop.scoreboard.web.forms import BoardFilter, CaseFilter

PER_PAGE = 25
COLUMNS: dict[str | Promise, Callable[[Line], Any]] = {
    gettext_lazy("Place in the order"): lambda row: row.rank,
    gettext_lazy("Code"): lambda row: row.code,
    gettext_lazy("Service"): lambda row: row.name,
    gettext_lazy("Unit"): lambda row: row.unit,
    gettext_lazy("Stations passed, of six"): lambda row: row.reached,
    gettext_lazy("Next station"): lambda row: str(words.STATIONS[Station(row.stops_at)]) if row.stops_at else "",
    gettext_lazy("Reports of a year"): lambda row: row.reports,
    gettext_lazy("Promises late"): lambda row: row.late,
    gettext_lazy("Index (IKM)"): lambda row: row.ikm,
    gettext_lazy("Band"): lambda row: row.band,
    gettext_lazy("Cases that training can cure"): lambda row: row.curable,
    gettext_lazy("Cases with a cause"): lambda row: row.coded,
    gettext_lazy("Need (0–1)"): lambda row: row.need,
    gettext_lazy("Competency"): lambda row: row.competency,
    gettext_lazy("People in approved plans"): lambda row: row.going,
    gettext_lazy("People trained"): lambda row: row.passed,
    pgettext_lazy("circle", "Effect"): lambda row: queries.verdict_name(row.verdict),
}
STATED: dict[str | Promise, Callable[[Statement], Any]] = {
    gettext_lazy("Station"): lambda row: str(words.STATIONS[row.station]),
    gettext_lazy("What"): lambda row: row.label,
    gettext_lazy("Number"): lambda row: row.value or row.why_not,
    gettext_lazy("Note"): lambda row: row.note,
    "n": lambda row: row.n,
    gettext_lazy("Period counted"): lambda row: row.period,
    gettext_lazy("Source"): lambda row: row.source,
    gettext_lazy("Made of"): lambda row: "\n".join(
        f"{part.label}: {part.value} {part.note}".strip() for part in row.rows
    ),
}
CASES: dict[str | Promise, Callable[[LearningCase], Any]] = {
    gettext_lazy("Number of the report"): lambda row: row.number,
    gettext_lazy("Came in"): lambda row: row.happened_on,
    gettext_lazy("Cause"): lambda row: str(CauseKind(row.kind).label),
    gettext_lazy("Report"): lambda row: row.text,
    gettext_lazy("Place"): lambda row: row.place or "",
}


@require_safe
def board(request: Request) -> HttpResponseBase:
    """Every service with its six stations, the largest need first."""
    if elsewhere := remembered(request):
        return elsewhere
    look = queries.newest(request.agency.pk)
    may_compute = request.actor.may(Action.COMPUTE, "")
    if look is None:
        return render(request, "scoreboard/board.html", {"look": None, "may_compute": may_compute})
    form = BoardFilter(request.GET.dict(), units=list(queries.units_on_board(request.actor, look.id)))
    if wanted(request):
        return export(request, queries.board(request.actor, look.id, **form.asked), COLUMNS, name="lingkar")
    page = Paginator(queries.board_pages(request.actor, look.id, **form.asked), PER_PAGE).get_page(
        request.GET.get("halaman")
    )
    way = words.Way(request.actor)
    context = {
        "look": look,
        "form": form,
        "page": page,
        "rows": [words.shown(line, way, smallest=look.smallest) for line in page],
        "is_narrowed": form.is_narrowed,
        "may_compute": may_compute,
    }
    return render(request, "scoreboard/board.html", context)


@require_POST
def compute(request: Request) -> HttpResponse:
    """Compute the circle of every service anew, now."""
    services.compute(by=request.actor, at=timezone.now())
    messages.success(request, _("The circle was computed anew."))
    return redirect("scoreboard:board")


@dataclass(frozen=True)
class Stop:
    """A station of the page with everything that is said there."""

    code: str
    name: str
    state: str
    word: str
    kind: str
    statements: list[Statement]
    bars: list[charts.DrawnBar]


@require_safe
def one(request: Request, code: str) -> HttpResponseBase:
    """Everything that is known of one service, station by station."""
    chain = queries.chain_of(request.actor, code, day=timezone.localdate())
    if wanted(request):
        return export(request, list(chain.statements), STATED, name=f"lingkar-{chain.code}")
    context = {"chain": chain, "stops": stops(chain), "ring": _ring(chain), "next": _next(chain)}
    return render(request, "scoreboard/one.html", context)


def _ring(chain: Chain) -> str:
    return _("%(n)s of %(all)s stations passed") % {"n": len(chain.reached), "all": len(Station)}


def _next(chain: Chain) -> str:
    return str(words.STATIONS[Station(chain.facts.stops_at)]) if chain.facts.stops_at else ""


def stops(chain: Chain) -> list[Stop]:
    """The six stations: passed, the next one, or still open."""
    return [
        Stop(
            str(station),
            str(words.STATIONS[station]),
            *_state(chain, station),
            [said for said in chain.statements if said.station == station],
            charts.bars(_causes(chain)) if station == Station.WHY else [],
        )
        for station in Station
    ]


def _state(chain: Chain, station: Station) -> tuple[str, str, str]:
    if station in chain.reached:
        return "passed", pgettext("station", "passed"), "good"
    if station == chain.facts.stops_at:
        return "next", pgettext("station", "next"), "warn"
    return "open", pgettext("station", "not yet"), ""


def _causes(chain: Chain) -> list[charts.Bar]:
    """Causes as bars, each leading to its published cases; those that training cures are marked."""
    found = chain.facts.causes
    address = {row.label: row.address for said in chain.statements if said.station == Station.WHY for row in said.rows}
    return [
        charts.Bar(
            queries.cause_names(part.kinds), part.n, address[queries.cause_names(part.kinds)], mark, beside_kind="info"
        )
        for parts, mark in ((found.trainable, _("training can cure it")), (found.others, ""))
        for part in parts
        if part.n is not None
    ]


@require_safe
def cases(request: Request, code: str) -> HttpResponseBase:
    """Published cases behind the causes of a service, masked."""
    chain = queries.chain_of(request.actor, code, day=timezone.localdate())
    kinds = CaseFilter(request.GET).kinds
    rows = causes.cases_for_learning(service=chain.service, kinds=kinds)
    rows = rows.filter(happened_on__range=(chain.facts.first, chain.facts.last))
    if wanted(request):
        return export(request, rows, CASES, name=f"kasus-{chain.code}")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    named = {str(kind.value): str(kind.label) for kind in CauseKind}
    context = {
        "chain": chain,
        "page": page,
        "cases": [(row, named[row.kind]) for row in page],
        "asked": queries.cause_names(kinds) if kinds else "",
    }
    return render(request, "scoreboard/cases.html", context)

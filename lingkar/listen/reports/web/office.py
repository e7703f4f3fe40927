"""Pages of those who answer: the desk, the queue, a case and what is done to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lingkar.directory.orgs.queries import UnitLine, lines_in
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.access.web import Request, View
from lingkar.foundation.files.web import serve
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.filters import remembered
from lingkar.listen.reports import access, queries, services
from lingkar.listen.reports.access import Action
from lingkar.listen.reports.queries import CaseView
from lingkar.listen.reports.rules import State
from lingkar.listen.reports.web import office_forms as forms
from lingkar.listen.reports.web.exports import OFFICE
from lingkar.listen.reports.web.office_acts import ACTS, Act, first_act, further_acts
from lingkar.listen.reports.web.office_rows import (
    STATE_KINDS,
    due_of,
    moment_of,
    promised_on,
    proposals_of,
    row_of,
    title_of,
    where,
)
from lingkar.listen.reports.web.office_sentences import FIELDS, sentence
from lingkar.listen.reports.web.paging import CountedPaginator

PER_PAGE = 25
FURTHER = 4
"""Cases that the desk shows after the first."""

DOUBLE_TAP = timedelta(minutes=1)
TABS = {
    "open": gettext_lazy("Open"),
    "overdue": gettext_lazy("Overdue"),
    "waiting": gettext_lazy("Waiting for the reporter"),
    "closed": gettext_lazy("Closed"),
}


@require_safe
def desk(request: Request) -> HttpResponse:
    """Where work begins: the one next thing, then the counts."""
    today = timezone.localdate()
    rows = [row_of(line, today=today) for line in queries.most_urgent(request.actor, today=today, most=1 + FURTHER)]
    context = {
        "urgent": rows[0] if rows else None,
        "after": rows[1:],
        "units": [unit.name for unit in queries.own_units(request.actor)],
        "counts": [
            (name, TABS[name], tally) for name, tally in queries.queue_counts(request.actor, today=today).items()
        ],
    }
    return render(request, "reports/office/desk.html", context)


@require_safe
def queue(request: Request) -> HttpResponseBase:
    """The list of cases, the most urgent promise first. Its filters stand in the address and are remembered."""
    if elsewhere := remembered(request):
        return elsewhere
    today = timezone.localdate()
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "open"
    form = forms.FilterForm(
        request.GET.dict() | {"tab": tab, "q": request.GET.get("q", "").replace("\0", "")},
        units=_units_of(request),
        subjects=[(str(category.id), category.name) for category in queries.categories()],
        offered=queries.services_of(request.actor, today=today),
    )
    if wanted(request):
        every = queries.queue(request.actor, today=today, state=tab, **form.chosen)
        return export(request, every, OFFICE, name=_("Queue"), personal=True)
    counts = queries.queue_counts(request.actor, today=today, **form.chosen)
    cases = queries.QueuePages(request.actor, today=today, state=tab, **form.chosen)
    page = CountedPaginator(cases, PER_PAGE, counts[tab]).get_page(request.GET.get("halaman"))
    context = {
        "tabs": [(name, label, counts[name], _tab_url(request, name)) for name, label in TABS.items()],
        "tab": tab,
        "form": form,
        "page": page,
        "rows": [row_of(line, today=today) for line in page],
        "is_filtered": any(form.chosen.values()),
        "is_cut": counts[tab].is_more and not page.has_next(),
        "most": queries.MOST_COUNTED,
    }
    return render(request, "reports/office/queue.html", context)


def _tab_url(request: Request, tab: str) -> str:
    kept = {key: request.GET[key] for key in ("unit", "kategori", "layanan", "q") if request.GET.get(key)}
    return f"?{urlencode({'tab': tab, **kept})}"


def _units_of(request: Request) -> list[tuple[str, str]]:
    """Units whose cases the actor may see: a filter offers nothing else."""
    return forms.in_tree(queries.units_of(request.actor))


def doing(name: str) -> View:
    """The view of one act."""

    def view(request: Request, report: UUID) -> HttpResponseBase:
        return act(request, report, name)

    return view


def act(request: Request, report: UUID, name: str) -> HttpResponseBase:
    """Carry out one act of the table. Whatever goes wrong, the words that were typed come back."""
    if request.method != "POST":
        return redirect("reports:office_case", report)
    chosen, now = ACTS[name], timezone.now()
    form = chosen.form(request.POST, request.FILES, name=name)
    if not form.is_valid():
        return _again(request, report, chosen, form)
    try:
        chosen.verb(report=report, by=request.actor, at=now, **form.cleaned_data)
    except (Refused, Unseen) as no:
        if _is_double_tap(request, report, chosen, no, now):
            return _after(request, report, chosen)
        if isinstance(no, Unseen):
            raise
        return _refused(request, report, chosen, form, no)
    return _after(request, report, chosen)


def _is_double_tap(request: Request, report: UUID, chosen: Act, no: Exception, now: datetime) -> bool:
    """The same person did the same a moment ago: the second tap finds the case changed, or out of sight."""
    stale = isinstance(no, Unseen) or (isinstance(no, Refused) and no.code in STALE)
    return stale and queries.just_done(request.actor, report, chosen.writes, since=now - DOUBLE_TAP)


def _after(request: Request, report: UUID, chosen: Act) -> HttpResponseBase:
    """Back to the case, or to the queue when the case left one's sight."""
    messages.success(request, str(chosen.done))
    return redirect("reports:office_case", report) if queries.sees(request.actor, report) else redirect("reports:queue")


def _refused(request: Request, report: UUID, chosen: Act, form: forms.ActForm, refusal: Refused) -> HttpResponse:
    if refusal.code in STALE:
        return _stale(request, report, chosen, form)
    field = "proofs" if refusal.code.startswith("files.") else FIELDS.get(refusal.code)
    form.add_error(field if field in form.fields else None, sentence(refusal))
    return _again(request, report, chosen, form)


def _again(request: Request, report: UUID, chosen: Act, form: forms.ActForm) -> HttpResponse:
    """The page once more, with what was typed. A browser does not take uploads back: say which to choose again."""
    case = _open(request, report)
    if chosen.action not in case.actions:
        raise Forbidden
    if names := form.names_of_files():
        form.add_error("proofs", _("Choose your files again, they were not kept: %(names)s") % {"names": names})
    return _case_page(request, case, bound=(chosen.name, form), status=422)


def _stale(request: Request, report: UUID, chosen: Act, form: forms.ActForm) -> HttpResponse:
    """Somebody else was faster: say who did what, and keep the words for a second look."""
    case = _open(request, report)
    typed = request.POST.copy()
    typed["seen"] = str(case.report.revision)
    fresh = chosen.form(typed, name=chosen.name)
    stale = {
        "who": case.name_of(case.last_change) or _("The reporter"),
        "what": case.last_change.get_kind_display(),
        "at": case.last_change.at,
        "words": form.words,
        "files": form.names_of_files(),
    }
    return _case_page(request, case, bound=(chosen.name, fresh), stale=stale, status=409)


def _open(request: Request, report: UUID) -> CaseView:
    item = services.view_case(report=report, by=request.actor, at=timezone.now())
    return queries.case_of(item, request.actor)


@require_safe
def case(request: Request, report: UUID) -> HttpResponse:
    """One case; ``?aksi=`` opens the form of one act. Opening a sealed case is recorded."""
    asked = ACTS.get(request.GET.get("aksi", ""))
    if asked and request.htmx:
        return _part(request, report, asked)
    return _case_page(request, _open(request, report), asked=asked)


def _part(request: Request, report: UUID, asked: Act) -> HttpResponse:
    """The form of one act, for the page that is open already and keeps what was typed on it.

    It carries the revision of that page, so that a page from before a change stays one.
    """
    case = queries.case_of(access.fetch_to_read(request.actor, report), request.actor)
    seen = request.GET.get("seen", "")[:9]
    revision = min(int(seen), case.report.revision) if seen.isascii() and seen.isdecimal() else case.report.revision
    context = {"case": case, "report": case.report, "where": where(case.report), "is_part": True}
    if not asked.is_offered(case):
        answer = render(request, "reports/office/gone.html", context | {"gone": asked.label})
    else:
        offered = _offered(asked, case, _units(request, [asked]), seen=revision, is_asked=True)
        answer = render(request, "reports/office/opened.html", context | {"offered": offered})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def contact(request: Request, report: UUID) -> HttpResponseBase:
    """How to reach the reporter, shown once and recorded."""
    if request.method != "POST":
        return redirect("reports:office_case", report)
    found = services.view_contact(report=report, by=request.actor, at=timezone.now())
    return _case_page(request, _open(request, report), contact=found)


@require_safe
def file(request: Request, attachment: UUID) -> HttpResponseBase:
    """A photo or proof of a case that one may see. A look at one of a sealed case is recorded."""
    small = "kecil" in request.GET
    found = services.view_file(attachment=attachment, small=small, by=request.actor, at=timezone.now())
    return serve(found.file, small=small)


def _case_page(
    request: Request,
    case: CaseView,
    *,
    bound: tuple[str, forms.ActForm] | None = None,
    asked: Act | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    report, today = case.report, timezone.localdate()
    first, further = first_act(case), further_acts(case)
    drawn = [act for act in (first, *further) if act and (act in (first, asked) or (bound and bound[0] == act.name))]
    units = _units(request, drawn)
    offered = {act: _offered(act, case, units, bound, is_asked=act is asked and act is not first) for act in drawn}
    context = {
        "case": case,
        "report": report,
        "title": title_of(report),
        "where": where(report),
        "due": due_of(report, today=today),
        "promise": queries.promise_of(report),
        "state_kind": STATE_KINDS[State(report.state)],
        "proposals": proposals_of(report),
        "promised_on": promised_on(case),
        "history": [moment_of(entry, case) for entry in case.entries],
        "first": offered.get(first) if first else None,
        "further": [(act, offered.get(act)) for act in further],
        "gone": asked.label if asked and asked not in offered else "",
        "can_see_contact": case.has_contact and Action.CONTACT in case.actions and not case.contact_is_withheld,
        **more,
    }
    return render(request, "reports/office/case.html", context, status=status)


def _units(request: Request, acts: list[Act]) -> list[UnitLine]:
    """The units that forms of these acts offer; none is asked for where no form needs them."""
    needed = any(act.needs_units for act in acts)
    return lines_in(agency=request.agency.pk, day=timezone.localdate()) if needed else []


@dataclass(frozen=True)
class Offered:
    """An act whose form is drawn. One that was asked for takes the focus."""

    act: Act
    form: forms.ActForm
    is_asked: bool


def _offered(
    act: Act,
    case: CaseView,
    units: list[UnitLine],
    bound: tuple[str, forms.ActForm] | None = None,
    *,
    seen: int | None = None,
    is_asked: bool = False,
) -> Offered:
    is_bound = bound is not None and bound[0] == act.name
    initial = {"seen": case.report.revision if seen is None else seen}
    form = bound[1] if bound and is_bound else act.form(name=act.name, initial=initial)
    form.offer(case.report, units)
    return Offered(act, form, is_asked)


STALE = ("reports.changed_meanwhile", "reports.not_now")

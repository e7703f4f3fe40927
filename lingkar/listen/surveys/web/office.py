"""Where answers are collected: counters with their quota, paper, and the sheet with the QR code."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.services.queries import choices, service_coded
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.documents.codes import qr_svg
from lingkar.foundation.documents.printing import pdf
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.words import number
from lingkar.listen.surveys import queries, services
from lingkar.listen.surveys.queries import CounterLine
from lingkar.listen.surveys.web import periods
from lingkar.listen.surveys.web.forms import CounterForm, PaperForm
from lingkar.listen.surveys.web.sentences import sentence

if TYPE_CHECKING:
    from lingkar.foundation.documents.printing import Plain

PER_PAGE = 25
SHEET = "listen/surveys/documents/sheet.typ"
COLUMNS: dict[str | Promise, Callable[[CounterLine], Any]] = {
    gettext_lazy("Code"): lambda line: line.code,
    gettext_lazy("Service"): lambda line: line.name,
    gettext_lazy("Unit"): lambda line: line.unit_name,
}


@require_safe
def counters(request: Request) -> HttpResponseBase:
    """The counters of the own units: how many answers each service has this quarter, and how many it needs."""
    today = timezone.localdate()
    rows = queries.counters(request.actor)
    if wanted(request):
        return export(request, rows, COLUMNS, name="loket-skm")
    period = periods.quarters(today)[0]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    found = queries.quotas(
        {line.service_id for line in page}, agency=request.agency.pk, first=period.first, last=period.last
    )
    shown = [{"line": line, "quota": _quota(found[line.service_id])} for line in page]
    context = {"page": page, "rows": shown, "period": period, "form": _counter_form(request)}
    return render(request, "surveys/office/counters.html", context)


def _counter_form(request: Request) -> CounterForm:
    today = timezone.localdate()
    lines = orgs.lines_in(agency=request.agency.pk, day=today)
    mine = [(str(line.id), line.name) for line in lines if queries.may_open(request.actor, line.path)]
    return CounterForm(request.POST or None, services=choices(day=today), units=mine)


def _quota(quota: queries.Quota) -> str:
    told = {"n": number(quota.collected), "needed": number(quota.needed or 0), "users": number(quota.users or 0)}
    if quota.needed is None:
        return _("%(n)s answers; nobody has counted the users yet") % told
    if not quota.missing:
        return _("%(n)s answers, enough for %(users)s users") % told
    return _("%(n)s of %(needed)s answers that %(users)s users need") % told


@require_POST
def open_counter(request: Request) -> HttpResponse:
    """Collect answers at another place."""
    form = _counter_form(request)
    if not form.is_valid():
        return render(request, "surveys/office/open.html", {"form": form}, status=422)
    version = service_coded(form.cleaned_data["service"], day=timezone.localdate())
    try:
        unit = UUID(form.cleaned_data["unit"])
    except ValueError:
        raise Unseen from None
    if version is None:
        raise Unseen
    services.open_counter(service=version.service_id, unit=unit, by=request.actor, at=timezone.now())
    messages.success(request, _("Ready. Print the sheet and put it where people can see it."))
    return redirect("surveys:counters")


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, counter: UUID) -> HttpResponse:
    """Enter sheets one after the other."""
    place = _place(request, counter)
    asked = queries.instrument_asked(request.POST.get("version", ""), day=timezone.localdate())
    first = {"day": request.GET.get("tanggal") or timezone.localdate()}
    form = PaperForm(request.POST or None, asked=asked, initial=first)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        try:
            is_new = services.enter_paper(
                counter=counter,
                sheet=form.cleaned_data["sheet"],
                day=day,
                answers=form.answers,
                version=form.version_read,
                about=form.respondent,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as no:
            form.add_error(None if no.code == "surveys.changed" else "day", sentence(no))
        else:
            said = _("Saved. The next sheet, please.") if is_new else _("This sheet was saved before; it counts once.")
            messages.success(request, said)
            return redirect(f"{reverse('surveys:paper', args=[counter])}?tanggal={day:%Y-%m-%d}")
    context = {"form": form, "place": place}
    return render(request, "surveys/office/paper.html", context, status=422 if form.errors else 200)


def _place(request: Request, counter: UUID) -> CounterLine:
    found = queries.counters(request.actor).filter(pk=counter).first()
    if found is None:
        raise Unseen
    return found


@require_safe
def sheet(request: Request, counter: UUID) -> HttpResponse:
    """A sheet with the QR code, and the questions on paper behind it."""
    place = _place(request, counter)
    path = reverse("surveys:at", args=[place.code, place.unit_code])
    address = request.build_absolute_uri(path)
    asked = queries.instrument_on(timezone.localdate())
    told: dict[str, Plain] = {
        "title": _("What was this service worth?"),
        "service": place.name,
        "unit": place.unit_name,
        "agency": request.agency.name,
        "how": _("Scan, answer nine questions, done. No account, no name, about a minute."),
        "short": address.partition("://")[2].rstrip("/"),
        "qr": qr_svg(address),
        "qr_alt": _("QR code that leads to %(address)s") % {"address": address},
        "paper": _("No phone at hand? Answer on paper."),
        "mark": _("Mark one answer for each question. Please do not write your name."),
        "day": _("Date"),
        "source": _("Questionnaire %(version)s, %(source)s") % {"version": asked.version, "source": asked.source},
        "questions": [{"text": q.text, "options": list(q.options)} for q in asked.questions],
    }
    response = HttpResponse(pdf(SHEET, told), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="skm-{place.code}-{place.unit_code}.pdf"'
    response["Cache-Control"] = "private, max-age=300"
    return response

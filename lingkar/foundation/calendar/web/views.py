"""The calendar of the agency: a year by month, days off, working weeks."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.calendar import queries, services
from lingkar.foundation.calendar.rules import FIRST_YEAR, LAST_YEAR
from lingkar.foundation.calendar.web.forms import DayOffForm, WeekForm
from lingkar.foundation.calendar.web.sentences import sentence
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted

FORM_METHODS = ["GET", "HEAD", "POST"]
COLUMNS: dict[str | Promise, Callable[[Any], Any]] = {
    gettext_lazy("Day"): lambda row: row.date,
    gettext_lazy("Name"): lambda row: row.name,
    gettext_lazy("Kind"): lambda row: row.get_kind_display(),
    gettext_lazy("Source"): lambda row: row.source,
    gettext_lazy("Estimate"): lambda row: row.is_estimate,
}


@require_safe
def year(request: Request) -> HttpResponseBase:
    """A year's days off by month, and the working weeks."""
    today = timezone.localdate()
    asked = request.GET.get("tahun", "")
    number = int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked) <= LAST_YEAR else today.year
    if wanted(request):
        return export(request, queries.year_of(number).days, COLUMNS, name=f"{_('Days off')} {number}")
    calendar = queries.calendar_for(request.agency.pk)
    facts = {
        "year": queries.year_of(number),
        "years": sorted({*queries.years_known(), number}),
        "weeks": queries.weeks(),
        "working_days": calendar.between(date(number - 1, 12, 31), date(number, 12, 31)),
    }
    return render(request, "calendar/year.html", facts)


@require_http_methods(FORM_METHODS)
def add_day(request: Request) -> HttpResponse:
    """A new day off."""
    form = DayOffForm(request.POST or None)

    def act() -> str:
        row = services.add_day_off(**form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("The day off is saved. It counts for promises made from now on."))
        return _year_page(row.date.year)

    return _form_page(request, "calendar/day.html", form, act)


@require_http_methods(FORM_METHODS)
def change_day(request: Request, pk: int) -> HttpResponse:
    """Move, rename or remove a day off."""
    row = queries.day_off(pk)
    if row is None:
        raise Http404
    form = DayOffForm(request.POST or None, initial=DayOffForm.facts_of(row))

    def act() -> str:
        services.change_day_off(day_off=pk, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("The day off is saved. It counts for promises made from now on."))
        return _year_page(form.cleaned_data["date"].year)

    return _form_page(request, "calendar/day.html", form, act, day_off=row)


@require_POST
def remove_day(request: Request, pk: int) -> HttpResponse:
    """Work on this day after all."""
    row = queries.day_off(pk)
    if row is None:
        raise Http404
    services.remove_day_off(day_off=pk, by=request.actor, at=timezone.now())
    messages.success(request, _("“%(name)s” is a working day again.") % {"name": row.name})
    return HttpResponseRedirect(_year_page(row.date.year))


@require_POST
def refresh(request: Request, year: int) -> HttpResponse:
    """Take over what is known of a year by now."""
    try:
        added = services.refresh_year(year=year, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        words = ngettext(
            "%(added)s national day off was taken over.", "%(added)s national days off were taken over.", added
        )
        messages.success(request, words % {"added": added})
    return HttpResponseRedirect(_year_page(year))


@require_http_methods(FORM_METHODS)
def add_week(request: Request) -> HttpResponse:
    """A new working week."""
    form = WeekForm(request.POST or None, initial={"days": list(queries.FIVE_DAYS)})

    def act() -> str:
        services.add_week(**form.chosen, by=request.actor, at=timezone.now())
        messages.success(request, _("The working week is saved."))
        return reverse("calendar:year")

    return _form_page(request, "calendar/week.html", form, act)


@require_http_methods(FORM_METHODS)
def change_week(request: Request, pk: int) -> HttpResponse:
    """Change a working week."""
    row = queries.weeks().filter(pk=pk).first()
    if row is None:
        raise Http404
    form = WeekForm(request.POST or None, initial=WeekForm.facts_of(row))

    def act() -> str:
        services.change_week(week=pk, **form.chosen, by=request.actor, at=timezone.now())
        messages.success(request, _("The working week is saved."))
        return reverse("calendar:year")

    return _form_page(request, "calendar/week.html", form, act, week=row)


@require_POST
def remove_week(request: Request, pk: int) -> HttpResponse:
    """Remove a working week that nobody keeps."""
    try:
        services.remove_week(week=pk, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return HttpResponseRedirect(reverse("calendar:change_week", args=[pk]))
    messages.success(request, _("The working week was removed."))
    return HttpResponseRedirect(reverse("calendar:year"))


def _year_page(number: int) -> str:
    return f"{reverse('calendar:year')}?tahun={number}"


def _form_page(request: Request, template: str, form: Form, act: Callable[[], str], **facts: object) -> HttpResponse:
    """Do what the form says and go on; or show the form, with the reason why not."""
    if form.is_valid():
        try:
            return HttpResponseRedirect(act())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
    return render(request, template, {"form": form, **facts})

"""Every report that one may see, cut by one question: where the numbers of other pages lead."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lingkar.directory.places import queries as places
from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access.web import Request
from lingkar.foundation.sheets import web as sheets
from lingkar.foundation.ui.widgets import Select
from lingkar.listen.reports import queries
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.queries import Slice, What
from lingkar.listen.reports.web.office_forms import INDENT
from lingkar.listen.reports.web.office_rows import row_of, title_of, where

PER_PAGE = 25
NOWHERE = "tanpa"
WORDS = {
    What.ALL: _("All reports"),
    What.OPEN: _("Open today"),
    What.LATE: _("Late today"),
    What.ANSWERED: _("Answered for the first time, never reopened"),
    What.DECIDED: _("First promise already due or met, never reopened"),
    What.KEPT: _("First promise kept"),
    What.BROKEN: _("First promise not kept"),
    What.REOPENED: _("Reopened by the reporter"),
    What.CLOSED: _("Closed at least once"),
    What.SILENT: _("Closed without a word from the reporter"),
    What.RATED: _("Rated by the reporter"),
    What.RATED_1: _("Rated 1 star"),
    What.RATED_2: _("Rated 2 stars"),
    What.RATED_3: _("Rated 3 stars"),
    What.RATED_4: _("Rated 4 stars"),
    What.RATED_5: _("Rated 5 stars"),
}


class SliceForm(forms.Form):
    """A slice as it stands in the address."""

    apa = forms.ChoiceField(label=_("Which reports"), required=False, widget=Select)
    dari = forms.DateField(label=_("Came in from"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sampai = forms.DateField(label=_("until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.CharField(label=_("Unit"), required=False, widget=Select)
    kecamatan = forms.CharField(label=_("District"), required=False, widget=Select)
    layanan = forms.CharField(label=_("Service"), required=False, widget=Select)
    sendiri = forms.BooleanField(label=_("Without units below it"), required=False)

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in queries.units_of(request.actor)}
        self.fields["apa"].choices = [(what.value, words) for what, words in WORDS.items()]  # type: ignore[attr-defined]
        units = [(code, INDENT * (unit.path.count(".") - 1) + unit.name) for code, unit in self.units.items()]
        tops = [(str(top.id), top.name) for top in places.districts()]
        self.fields["unit"].widget.choices = [("", _("All units")), *units]
        offered = catalogue.choices(day=timezone.localdate())
        self.fields["layanan"].widget.choices = [("", _("All services")), *offered]
        self.fields["kecamatan"].widget.choices = [("", _("All districts")), *tops, (NOWHERE, _("Without a place"))]

    @property
    def asked(self) -> Slice | None:
        """The slice; None where the address asks for a unit or a district that is not there."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        unit, district = self.units.get(given["unit"]), given["kecamatan"]
        known = {str(code) for code, _name in self.fields["kecamatan"].widget.choices}
        if (given["unit"] and unit is None) or district not in known:
            return None
        path, what = unit.path if unit else "", What(given["apa"])
        return Slice(given["dari"], given["sampai"], path, given["sendiri"], district, what, given["layanan"])


@require_safe
def register(request: Request) -> HttpResponseBase:
    """The list, as a page or as a file."""
    today = timezone.localdate()
    form = SliceForm(request.GET, request=request)
    asked = form.asked
    rows = queries.register(request.actor, asked, today=today) if asked else Report.objects.none()
    if sheets.wanted(request):
        return sheets.export(request, rows, COLUMNS, name="laporan", personal=True)
    page = Paginator(queries.lines(rows), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "asked": asked,
        "what": WORDS[asked.what] if asked else "",
        "page": page,
        "rows": [row_of(line, today=today) for line in page],
    }
    return render(request, "reports/office/register.html", context)


def _said(report: Report) -> str:
    """Of a sealed case nothing is taken along: reading it leaves a record."""
    return "" if report.is_sealed else title_of(report)


def _place(report: Report) -> str:
    return "" if report.is_sealed else where(report)


COLUMNS: dict[str | Promise, Callable[[Report], Any]] = {
    _("Number"): lambda report: report.number,
    _("Came in"): lambda report: timezone.localdate(report.received_at),
    _("Report"): _said,
    _("Category"): lambda report: report.category.name,
    _("Unit"): lambda report: report.unit.name,
    _("Place"): _place,
    _("State"): lambda report: str(report.get_state_display()),
    _("First answer promised"): lambda report: report.first_due,
    _("First answered"): lambda report: report.first_answered_at and timezone.localdate(report.first_answered_at),
    _("Answer promised"): lambda report: report.due,
    _("Closed"): lambda report: report.closed_at and timezone.localdate(report.closed_at),
    _("Times reopened"): lambda report: report.reopened,
    _("Rating"): lambda report: report.rating,
}

"""Pages for transactions by month, and for the pledges of units."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.directory.orgs.queries import INDENT, depth
from lingkar.directory.services import queries, rules, services
from lingkar.directory.services.web import office_forms as forms
from lingkar.directory.services.web.sentences import sentence
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused

MONTHS = 24
"""Months that the page offers, this one included."""
FIRST_PLEDGE = (
    "Kami sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah ditetapkan.",
    "Kami melayani sesuai kewajiban dan terus melakukan perbaikan.",
    "Bila tidak menepati janji ini, kami bersedia menerima sanksi dan memberikan kompensasi sesuai ketentuan.",
)
"""The three statements that PermenPANRB 15/2014 asks for, to begin with."""


@require_http_methods(["GET", "HEAD", "POST"])
def transactions(request: Request, service: UUID) -> HttpResponseBase:
    """How often a service was used, month by month."""
    today = timezone.localdate()
    desk = queries.desk_of(service, by=request.actor, today=today)
    months = [rules.months_later(today.replace(day=1), -back) for back in range(MONTHS)]
    held = queries.transactions_between(months[-1], months[0])
    counts = {month: held.get((service, month)) for month in months}
    first = {f"{month:%Y-%m}": count for month, count in counts.items()}
    form = forms.MonthsForm(request.POST or None, initial=first, months=[(m, _month(m)) for m in months])
    if request.method == "POST" and form.is_valid():
        changed = {month: count for month, count in form.counts.items() if count != counts[month]}
        services.count_transactions(service=service, counts=changed, by=request.actor, at=timezone.now())
        messages.success(request, _("Saved. Rates are measured against these numbers."))
        return redirect("services:desk", service)
    context = {"desk": desk, "service": desk.service, "form": form}
    return render(request, "services/office/transactions.html", context, status=422 if form.errors else 200)


def _month(month: date) -> str:
    return formats.date_format(month, "F Y")


@require_http_methods(["GET", "HEAD", "POST"])
def pledges(request: Request) -> HttpResponseBase:
    """The pledges that hold, and the next one."""
    units = queries.units_managed(request.actor, day=timezone.localdate())
    choices = [(str(unit.pk), INDENT * depth(unit.path) + unit.name) for unit in units]
    form = forms.PledgeForm(request.POST or None, initial={"statements": FIRST_PLEDGE}, units=choices)
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_pledge(by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Unseen:
            form.add_error("unit", _("Choose one from the list."))
        except Refused as no:
            form.add_error("signed_on" if "reviewed" in no.code else "statements", sentence(no))
        else:
            messages.success(request, _("Published. It holds for the unit and all below it."))
            return redirect("services:pledges")
    context = {"form": form, "pledges": queries.pledges_in(request.actor)}
    return render(request, "services/office/pledges.html", context, status=422 if form.errors else 200)

"""The page on which somebody says whose positions serve a service."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingkar.directory.services import queries, services
from lingkar.directory.services.web import office_forms as forms
from lingkar.directory.services.web.sentences import sentence
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused

PER_PAGE = 20


@require_safe
def staff(request: Request, service: UUID) -> HttpResponseBase:
    """Who serves today, and the positions that may be added: found by words of title or unit."""
    today = timezone.localdate()
    desk = queries.desk_of(service, by=request.actor, today=today)
    serving = queries.staff_of(service, day=today)
    asked = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    form = forms.PositionSearch(asked)
    offered = queries.positions_to_staff(
        desk.service, words=form.words, serving=[row.position.pk for row in serving], day=today
    )
    context = {
        "desk": desk,
        "service": desk.service,
        "serving": serving,
        "people": len({person for row in serving for person in row.people}),
        "form": form,
        "is_search": bool(form.words),
        "page": Paginator(offered, PER_PAGE).get_page(request.GET.get("halaman")),
    }
    return render(request, "services/office/staff.html", context)


@require_POST
def add(request: Request, service: UUID, position: UUID) -> HttpResponseBase:
    """The holders of a position serve from today on."""
    try:
        services.add_staff(service=service, position=position, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
    else:
        messages.success(request, _("Saved. Whoever sits in this position serves from today on."))
    return redirect("services:staff", service)


@require_POST
def remove(request: Request, service: UUID, position: UUID) -> HttpResponseBase:
    """A position serves no more."""
    services.remove_staff(service=service, position=position, by=request.actor, at=timezone.now())
    messages.success(request, _("Saved. This position serves here no more."))
    return redirect("services:staff", service)

"""From an approved plan: a cohort is opened, and line managers see where their people go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.foundation.access.web import Request
from lingkar.grow.programmes.queries import types
from lingkar.loop.planning import queries, services
from lingkar.loop.planning.web import forms, showing
from lingkar.loop.planning.web.shared import by_now, done

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def open_cohort(request: Request, year: int, run: UUID) -> HttpResponse:
    """A cohort from a run, with its people: only the kind of programme and a code are asked."""
    plan = queries.plan_for(request.actor, year)
    row = queries.run_in(plan, run)
    if row.cohort:
        return redirect("programmes:cohort", row.cohort.code)
    kinds = [(item.code, item.title) for item in types()]
    code = f"{slugify(row.title)[:34].strip('-')}-{year}"
    form = forms.OpeningForm(request.POST or None, kinds=kinds, initial={"code": code, "kind": "bimtek"})
    if request.method == "POST" and form.is_valid():
        told = {"plan": plan.pk, "run": run, **form.cleaned_data, **by_now(request)}
        if made := done(form, lambda: services.open_cohort(**told)):
            messages.success(request, _("The cohort is prepared, with everybody whom the plan sends."))
            return redirect("programmes:cohort", made.code)
    context = {"plan": plan, "run": row, "form": form, "people": len(queries.goers(run, day=row.first))}
    return render(request, "planning/open.html", context, status=422 if form.errors else 200)


@require_safe
def team(request: Request) -> HttpResponse:
    """On the page of a team: who of it goes to which training by the approved plans."""
    rows = list(queries.of_team(request.actor, day=timezone.localdate())[: SHOWN + 1])
    context = {"rows": [showing.team_row(row) for row in rows[:SHOWN]], "has_more": len(rows) > SHOWN}
    return render(request, "planning/team.html", context)

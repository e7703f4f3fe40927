"""The operator's page: whether everything works, and what waits for a decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.site.access import demand_operate
from lingkar.site.operate import health, queries, services


@require_safe
def state(request: Request) -> HttpResponse:
    """The state of the installation."""
    demand_operate(request.actor)
    facts = {
        "health": health.look(),
        "parked": queries.parked_jobs(request.actor),
        "backup": queries.last_backup(),
        "chain": queries.last_check(),
        "versions": queries.versions(),
    }
    return render(request, "operate/state.html", facts)


@require_POST
def retry(request: Request, job: int) -> HttpResponse:
    """Run a parked job again."""
    services.retry_job(job=job, by=request.actor, at=timezone.now())
    messages.success(request, _("Job %(job)s runs again.") % {"job": job})
    return redirect("operate:state")


@require_POST
def discard(request: Request, job: int) -> HttpResponse:
    """Give a parked job up."""
    services.discard_job(job=job, by=request.actor, at=timezone.now())
    messages.success(request, _("Job %(job)s was discarded. The audit trail keeps who decided it.") % {"job": job})
    return redirect("operate:state")


@require_POST
def check(request: Request) -> HttpResponse:
    """Have the audit trail checked now."""
    services.ask_for_check(by=request.actor, at=timezone.now())
    messages.success(request, _("The check has begun. Load this page again in a moment."))
    return redirect("operate:state")

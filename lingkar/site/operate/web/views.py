"""The operator's page: whether everything works, and what waits for a decision."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lingkar.directory.people import queries as people
from lingkar.directory.people.queries import Use
from lingkar.foundation.access.web import Request
from lingkar.foundation.imports import queries as imports
from lingkar.foundation.sheets import web as sheets
from lingkar.site.access import demand_operate
from lingkar.site.operate import health, queries, services

if TYPE_CHECKING:
    from lingkar.directory.people.models import Account


@require_safe
def state(request: Request) -> HttpResponse:
    """The state of the installation."""
    demand_operate(request.actor)
    backup = queries.last_backup()
    facts = {
        "health": health.look(),
        "parked": queries.parked_jobs(request.actor),
        "backup": backup,
        "chain": queries.last_check(),
        "versions": queries.versions(),
        "backup_is_old": queries.is_old(backup, at=timezone.now()),
    }
    return render(request, "operate/state.html", facts)


LATEST = 5
"""Imports that are shown; their own page has all."""
PER_PAGE = 50
USES = {
    Use.ALL: gettext_lazy("Accounts in use"),
    Use.NEVER: gettext_lazy("Never signed in"),
    Use.CLOSED: pgettext_lazy("account", "Closed"),
}


@require_safe
def inside(request: Request) -> HttpResponse:
    """What the installation holds: accounts, imports, room, agencies. A part of the first page, or a page."""
    demand_operate(request.actor)
    uses, (imported, latest) = people.accounts_counted(request.actor), imports.latest_imports(request.actor, LATEST)
    facts = {
        "accounts": uses[Use.ALL],
        "never": uses[Use.NEVER],
        "closed": uses[Use.CLOSED],
        "uses": Use,
        "imports": imported,
        "latest": latest,
        "storage": queries.storage(),
        "agencies": queries.agencies(),
    }
    return render(request, "operate/inside.html#inside" if request.htmx else "operate/inside.html", facts)


@require_safe
def accounts(request: Request) -> HttpResponse:
    """The agency's accounts, cut by how they are used."""
    demand_operate(request.actor)
    asked = request.GET.get("apa", "")
    use = Use(asked) if asked in set(Use) else Use.ALL
    rows = people.accounts_seen_by(request.actor, use)
    if sheets.wanted(request):
        return sheets.export(request, rows, ACCOUNT_COLUMNS, name="akun", personal=True)  # type: ignore[return-value]
    counts = people.accounts_counted(request.actor)
    context = {
        "tabs": [(name, label, counts[name]) for name, label in USES.items()],
        "use": use,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman")),
    }
    return render(request, "operate/accounts.html", context)


ACCOUNT_COLUMNS: "dict[str | Promise, Callable[[Account], Any]]" = {
    gettext_lazy("Name"): lambda account: account.name,
    gettext_lazy("Opened"): lambda account: timezone.localdate(account.joined_at),
    gettext_lazy("Last signed in"): lambda account: account.last_login and timezone.localdate(account.last_login),
}


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

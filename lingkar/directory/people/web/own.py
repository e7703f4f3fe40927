"""Pages about oneself: profile and devices."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingkar.directory.people import queries, sessions
from lingkar.directory.people.web.devices import described
from lingkar.foundation.access.web import Request


@require_safe
def me(request: Request) -> HttpResponse:
    """Own name, NIP, roles and language."""
    account = queries.own_account(request.actor)
    grants = queries.grants_from(account.pk, timezone.localdate())
    return render(request, "people/me.html", {"account": account, "grants": grants})


@require_safe
def devices(request: Request) -> HttpResponse:
    """Where one is signed in."""
    account = queries.own_account(request.actor)
    key = request.session.session_key
    found = [described(row, key) for row in sessions.open_sessions(account, at=timezone.now())[:50]]
    return render(request, "people/devices.html", {"devices": found})


@require_POST
def end_device(request: Request, pk: int) -> HttpResponse:
    """Sign one device out."""
    account = queries.own_account(request.actor)
    sessions.end_session(account, pk, by=request.actor, at=timezone.now())
    messages.success(request, _("That device was signed out."))
    return HttpResponseRedirect(reverse("usersessions_list"))


@require_POST
def end_others(request: Request) -> HttpResponse:
    """Sign all other devices out."""
    account = queries.own_account(request.actor)
    sessions.end_all_sessions(account, but=request.session.session_key or "", by=request.actor, at=timezone.now())
    messages.success(request, _("All other devices were signed out."))
    return HttpResponseRedirect(reverse("usersessions_list"))

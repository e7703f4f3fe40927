"""The login switch of the demo. Its route exists only where ``settings.DEMO`` is set."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lingkar.directory.people import queries
from lingkar.directory.people.models import Account
from lingkar.directory.people.web import factors
from lingkar.foundation.access.web import Request


def sign_in(request: Request) -> HttpResponse:
    """One login per role. Choosing one signs in without password and without a second step."""
    if not settings.DEMO:
        raise Http404
    logins = [*queries.one_per_role(day=timezone.localdate()), *queries.without_role(request.agency.pk)]
    if request.method != "POST":
        return render(request, "people/demo.html", {"logins": logins})
    chosen = {str(login.account.pk): login.account for login in logins}.get(request.POST.get("account", ""))
    if chosen is None:
        raise Http404
    return _enter(request, chosen)


def _enter(request: Request, account: Account) -> HttpResponse:
    record_authentication(request, account, factors.DEMO)
    get_adapter(request).login(request, account)
    user_logged_in.send(sender=Account, request=request, user=account)
    return HttpResponseRedirect(reverse(settings.LOGIN_REDIRECT_URL))

"""The operator's pages: who has which role, opening accounts, giving and ending roles."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lingkar.directory.people import queries, services
from lingkar.directory.people.web.form_page import FormPage, form_page
from lingkar.directory.people.web.grant_forms import EndForm, FilterForm, GiveForm, OpenForm
from lingkar.directory.people.web.sentences import sentence
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted

PER_PAGE = 50
COLUMNS: dict[str | Promise, Callable[[Any], Any]] = {
    gettext_lazy("Person"): lambda grant: grant.account.name,
    gettext_lazy("Role"): lambda grant: grant.get_role_display(),
    gettext_lazy("Unit"): lambda grant: grant.unit.name if grant.unit else str(_("The whole agency")),
    gettext_lazy("First day"): lambda grant: grant.valid_from,
    gettext_lazy("Last day"): lambda grant: grant.valid_to,
}


@require_safe
def listed(request: Request) -> HttpResponseBase:
    """Roles that hold today or begin later; with ``semua`` also those that are over."""
    form = FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    rows = queries.grants_seen_by(request.actor, day=today, **asked)
    if wanted(request):
        return export(request, rows, COLUMNS, name=_("Roles"), personal=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    unused = queries.accounts_without_role(request.actor, asked.get("q", ""), day=today)
    waiting = queries.grants_waiting(request.actor, day=today)
    givers = queries.names_of(row.given_by for row in waiting if row.given_by)
    context = {
        "form": form,
        "page": page,
        "unused": unused,
        "today": today,
        "waiting": [(row, givers.get(row.given_by or row.pk, "")) for row in waiting],
    }
    return render(request, "people/grants.html", context)


def give(request: Request) -> HttpResponse:
    """Give somebody a role."""
    form = GiveForm(request.POST or None, by=request.actor, initial={"person": request.GET.get("akun", "")})

    given: list[bool] = []

    def act() -> UUID:
        row = services.grant_role(**form.chosen, by=request.actor, at=timezone.now())
        given.append(row.waits)
        return row.account_id

    def said() -> str:
        if given[0]:
            return _("Another operator has to approve this role. Until then it gives nothing.")
        return _("The role was given.")

    lead = _("The role counts from its first day to the end of its last day, and is kept in the audit trail.")
    page = _below_roles(title=_("Give a role"), lead=lead, save=_("Give the role"))
    return _form_page(request, page, form, act, said)


@require_POST
def decide(request: Request, pk: UUID) -> HttpResponse:
    """Approve or decline a role that a colleague gave and that waits for a second person."""
    approve = request.POST.get("decision") == "setuju"
    try:
        services.decide_grant(grant=pk, approve=approve, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Approved: the role holds.") if approve else _("Declined."))
    return HttpResponseRedirect(reverse("people:grants"))


def end(request: Request, pk: UUID) -> HttpResponse:
    """End a role at once, or after a later day."""
    grant = queries.grant_seen_by(request.actor, pk)
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})

    def act() -> UUID:
        services.end_grant(grant=pk, last_day=form.end, by=request.actor, at=timezone.now())
        return grant.account_id

    page = FormPage(
        title=_("End a role"),
        lead=f"{grant.account.name} · {grant.get_role_display()} · {grant.unit or _('The whole agency')}",
        save=_("End the role"),
        variant="danger",
        back=reverse("people:account", args=[grant.account_id]),
        back_to=grant.account.name,
    )
    return _form_page(request, page, form, act, _("The end of the role was saved."))


def open_account(request: Request) -> HttpResponse:
    """Open an account; its holder receives a link that sets the password."""
    form = OpenForm(request.POST or None)

    def act() -> UUID:
        facts = {"agency": request.agency.pk, "invite_from": request.build_absolute_uri("/"), **form.cleaned_data}
        return services.open_account(**facts, by=request.actor, at=timezone.now()).pk

    saved = _("The account is open. A link to set a password is on its way by e-mail.")
    lead = _("The person receives a link by e-mail and chooses the password. You never know it.")
    page = _below_roles(title=_("Open an account"), lead=lead, save=_("Open and send the link"))
    return _form_page(request, page, form, act, saved)


def _below_roles(**words: str) -> FormPage:
    return FormPage(back=reverse("people:grants"), back_to=_("Roles"), **words)


@require_safe
def account(request: Request, pk: UUID) -> HttpResponse:
    """One account: who it is, what it may do, how it signs in."""
    found = queries.account_seen_by(request.actor, pk)
    facts = {"account": found, "grants": queries.all_grants_of(request.actor, pk), "today": timezone.localdate()}
    return render(request, "people/account.html", {**facts, "factors": queries.factors_of(found)})


@require_POST
def invite(request: Request, pk: UUID) -> HttpResponse:
    """Mail the link that sets a password once more."""
    base = request.build_absolute_uri("/")
    return _act(request, pk, partial(services.invite, base=base), _("The link is on its way by e-mail."))


@require_POST
def reset_factors(request: Request, pk: UUID) -> HttpResponse:
    """Remove the second step of somebody who lost it; they set up a new one when they sign in."""
    done = _("The second step was removed. It is set up anew at the next sign-in.")
    return _act(request, pk, partial(services.reset_factors, base=request.build_absolute_uri("/")), done)


@require_POST
def close_account(request: Request, pk: UUID) -> HttpResponse:
    """Nobody signs in with this account any more; its roles end."""
    return _act(request, pk, services.close_account, _("The account is closed and signed out everywhere."))


@require_POST
def reopen_account(request: Request, pk: UUID) -> HttpResponse:
    """The account can sign in again. Its roles do not come back by themselves."""
    done = _("The account is open again. Give it a role if it needs one.")
    return _act(request, pk, services.reopen_account, done)


def _act(request: Request, pk: UUID, verb: Callable[..., None], done: str) -> HttpResponse:
    """One press of a button on the page of an account."""
    try:
        verb(account=pk, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return HttpResponseRedirect(reverse("people:account", args=[pk]))
    return _back(request, pk, done)


def _back(request: Request, pk: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("people:account", args=[pk]))


def _form_page(
    request: Request, page: FormPage, form: Form, act: Callable[[], UUID], saved: str | Callable[[], str]
) -> HttpResponse:
    """Do what the form says and show the account it is about; or show the form, with the reason why not."""
    if form.is_valid():
        try:
            account = act()
            return _back(request, account, saved() if callable(saved) else saved)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
    return form_page(request, page, form)

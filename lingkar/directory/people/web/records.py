"""Pages of those who keep records: add somebody, tell something else, move, end, let go."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries, services
from lingkar.directory.people.access import Action
from lingkar.directory.people.queries import PersonSeen
from lingkar.directory.people.rules import persons
from lingkar.directory.people.web import record_forms as forms
from lingkar.directory.people.web.form_page import FormPage, form_page
from lingkar.directory.people.web.sentences import sentence
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def add(request: Request) -> HttpResponseBase:
    """Record somebody new."""
    form = forms.AddForm(request.POST or None, units=own_units(request))

    def act() -> UUID:
        post = _with_position(form.post)
        return services.add_person(facts=form.facts, **post, by=request.actor, at=timezone.now()).pk

    page = FormPage(
        title=_("Record somebody"),
        lead=_("For many people at once, import your list."),
        save=_("Save the record"),
        back=reverse("people:people"),
        back_to=_("People"),
    )
    return _page(request, page, form, act, _("Recorded."))


def _with_position(post: dict[str, Any]) -> dict[str, Any]:
    """The position that is called as the title says, where the unit has exactly one."""
    if not post or not post["title"]:
        return post
    called = [row for row in orgs.positions_of(post["unit"], post["since"]) if _same(row.title, post["title"])]
    return {**post, "position": called[0].pk} if len(called) == 1 else post


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def own_units(request: Request) -> list[tuple[str, str]]:
    """Units whose people ``request.actor`` keeps records of, in tree order."""
    tops = request.actor.paths(Action.RECORDS)
    units = orgs.units_in(request.agency.pk, day=timezone.localdate())
    return [
        (str(unit.pk), orgs.INDENT * orgs.depth(unit.path) + unit.name) for unit in units if unit.path.startswith(tops)
    ]


def _seen(request: Request, person: UUID) -> PersonSeen:
    return queries.person_to_change(request.actor, person, day=timezone.localdate())


@form_view
def edit(request: Request, person: UUID) -> HttpResponseBase:
    """Tell something else about somebody."""
    seen = _seen(request, person)
    assert seen.facts is not None  # noqa: S101  # who may change it sees it
    facts = queries.facts_of(seen.facts)
    told = {**vars(facts), "seen": persons.fingerprint(facts)}
    form = forms.EditForm(request.POST or None, initial=told)

    def act() -> UUID:
        mark = form.cleaned_data["seen"]
        services.change_person(person=person, facts=form.facts, seen=mark, by=request.actor, at=timezone.now())
        return person

    page = _about(seen, title=_("Change the record"), lead=seen.name, save=_("Save"))
    return _page(request, page, form, act, _("Saved."))


@form_view
def move(request: Request, person: UUID) -> HttpResponseBase:
    """Where somebody works from a day on: first the unit, then the position in it."""
    seen = _seen(request, person)
    units = own_units(request)
    chosen = request.GET.get("unit", "")
    if chosen not in dict(units):
        form_of_unit = forms.UnitForm(units=units, initial={"unit": seen.placed[0].unit_id if seen.placed else ""})
        here = f"{seen.name} · {seen.placed[0].unit.name}" if seen.placed else seen.name
        page = _about(seen, title=_("To which unit?"), lead=here, save=_("Go on"), icon="arrow-right", method="get")
        return form_page(request, page, form_of_unit)
    unit = orgs.unit_of(UUID(chosen))
    if unit is None:
        raise Unseen
    positions = [(str(row.pk), row.title) for row in orgs.positions_of(unit.pk, timezone.localdate())]
    form = forms.MoveForm(request.POST or None, positions=positions)

    def act() -> UUID:
        services.place(person=person, unit=unit.pk, **form.post, by=request.actor, at=timezone.now())
        return person

    page = _about(seen, title=_("Placement"), lead=f"{seen.name} · {unit.name}", save=_("Save the placement"))
    return _page(request, page, form, act, _("The placement was saved."))


@form_view
def end_placement(request: Request, person: UUID, placement: UUID) -> HttpResponseBase:
    """The last day of a placement."""
    seen = _seen(request, person)
    row = next((row for row in seen.history if row.pk == placement), None)
    if row is None:
        raise Unseen
    form = forms.LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})

    def act() -> UUID:
        last_day = form.cleaned_data["last_day"]
        services.end_placement(placement=placement, last_day=last_day, by=request.actor, at=timezone.now())
        return person

    lead = " · ".join(filter(None, (row.title, row.unit.name)))
    page = _about(seen, title=_("Last day of the placement"), lead=lead, save=_("Save"))
    return _page(request, page, form, act, _("The end was saved."))


@form_view
def status(request: Request, person: UUID) -> HttpResponseBase:
    """Somebody leaves, retires, died, or serves again."""
    seen = _seen(request, person)
    form = forms.StatusForm(request.POST or None, initial={"status": seen.status})

    def act() -> UUID:
        services.change_status(person=person, **form.cleaned_data, by=request.actor, at=timezone.now())
        return person

    lead = _("Who no longer serves loses placements, roles and sign-in from that day on.")
    page = _about(seen, title=_("Change the status"), lead=lead, save=_("Save the status"))
    return _page(request, page, form, act, _("The status was saved."))


@form_view
def account(request: Request, person: UUID) -> HttpResponseBase:
    """Whose account it is, said by hand: joined with a record, or parted from it."""
    seen = _seen(request, person)
    held = queries.account_of(request.actor, person)
    form = forms.LinkForm(request.POST or None, by=request.actor, held=held)

    def act() -> UUID:
        services.link_account(person=person, account=form.account, by=request.actor, at=timezone.now())
        return person

    if held:
        words = {"title": _("Part the account"), "save": _("Part the account"), "variant": "danger"}
        lead = _("%(name)s signs in with %(account)s. Parted, that account no longer sees this record as its own.")
        page = _about(seen, lead=lead % {"name": seen.name, "account": held.email or held.nip}, **words)
        return _page(request, page, form, act, _("The account was parted from the record."))
    lead = _("%(name)s has no account yet. Join one that was opened for this person.") % {"name": seen.name}
    page = _about(seen, title=_("Join an account"), lead=lead, save=_("Join the account"))
    return _page(request, page, form, act, _("The account was joined with the record."))


def _about(seen: PersonSeen, **words: str) -> FormPage:
    """A page about one person, which leads back to them."""
    return FormPage(back=reverse("people:person", args=[seen.person]), back_to=seen.name, **words)


def _page(request: Request, page: FormPage, form: Form, act: Callable[[], UUID], saved: str) -> HttpResponseBase:
    """Do what the form says and show the person; or show the form, with the reason why not."""
    if form.is_valid():
        try:
            person = act()
        except Refused as refusal:
            form.add_error(forms.field_of(form, refusal.code), sentence(refusal))
        else:
            messages.success(request, saved)
            return redirect("people:person", person)
    return form_page(request, page, form)

"""The dictionary, one's own gaps, the team of a line manager, means of a unit."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.words import number
from lingkar.grow.competence import access, queries, services
from lingkar.grow.competence.rules import GroupGap
from lingkar.grow.competence.web.forms import LevelsForm, MeasuredForm, TeamFilter, UnitFilter
from lingkar.grow.competence.web.words import BANDS, lines_of, match_words

if TYPE_CHECKING:
    from lingkar.directory.people.models import Person

PER_PAGE = 30
WRONG = {"competence.in_the_future": gettext_lazy("This day has not come yet.")}
NOTHING = gettext_lazy("This could not be saved. Choose levels from the lists.")


@require_safe
def dictionary(request: Request) -> HttpResponse:
    """Every competency with its five levels."""
    may_load = request.actor.may(access.Action.DICTIONARY, "")
    return render(request, "competence/dictionary.html", {"entries": queries.dictionary(), "may_load": may_load})


@require_POST
def load(request: Request) -> HttpResponse:
    """Fill the dictionary with the competencies that ship."""
    services.load_dictionary(by=request.actor, at=timezone.now())
    messages.success(request, _("The nine competencies are in the dictionary."))
    return redirect("competence:dictionary")


def _own(request: Request) -> "Person | None":
    return person_of(request.actor.person) if request.actor.person else None


@require_safe
def own(request: Request) -> HttpResponse:
    """One's own gaps and how well one fits."""
    person = _own(request)
    if person is None:
        return render(request, "competence/nobody.html")
    seen = queries.standing_of(request.actor, person, day=timezone.localdate())
    return render(request, "competence/own.html", _told(seen, queries.dictionary()))


def _told(seen: queries.Standing, entries: list[queries.Entry]) -> dict[str, Any]:
    value, words = match_words(seen.match)
    lines = lines_of(seen.gaps, entries, seen.own)
    return {"person": seen.person, "is_self": seen.is_self, "lines": lines, "jpm": value, "jpm_words": words,
            "has_own": bool(seen.own)}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: Request) -> HttpResponseBase:
    """What somebody says of themselves."""
    person = _own(request)
    if person is None:
        return render(request, "competence/nobody.html")
    seen = queries.standing_of(request.actor, person, day=timezone.localdate())
    form, done = _levels_page(request, seen, queries.dictionary(), "self")
    if done:
        messages.success(request, _("Saved. Only you read this; it does not count towards your gaps."))
        return redirect("competence:own")
    return render(request, "competence/say.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def team(request: Request) -> HttpResponseBase:
    """The people whom one assesses, with where they stand."""
    form = TeamFilter({name: str(value).replace("\0", "") for name, value in request.GET.items()})
    form.is_valid()
    rows, today = queries.team(request.actor, words=form.cleaned_data.get("q", "")), timezone.localdate()
    if wanted(request):
        return export(request, rows, {gettext_lazy("Name"): lambda row: row.name}, name="tim", personal=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    seen = queries.members(request.actor, [row.id for row in page], day=today)
    lines = [_member(row, seen[row.id]) for row in page if row.id in seen]
    context = {"form": form, "page": page, "lines": lines, "is_filtered": bool(form.cleaned_data.get("q"))}
    return render(request, "competence/team.html", context)


def _member(row: queries.Member, seen: queries.Seen) -> dict[str, Any]:
    meta = f"{seen.title} · {seen.unit}" if seen.unit else ""
    badge, kind = _stands(seen)
    return {"id": row.id, "name": row.name, "meta": meta, "badge": badge, "kind": kind}


def _stands(seen: queries.Seen) -> tuple[str, str]:
    if not seen.gaps:
        return _("position without a standard"), ""
    known = [gap.gap for gap in seen.gaps if gap.gap is not None]
    if not known:
        return _("not assessed yet"), "info"
    short = sum(1 for gap in known if gap)
    return (_("%(n)s of %(all)s short") % {"n": short, "all": len(known)}, "warn") if short else (_("all met"), "good")


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: Request, person: UUID) -> HttpResponseBase:
    """Somebody of one's team: their gaps, and the form to assess them."""
    found, entries = queries.person_to_assess(request.actor, person), queries.dictionary()
    seen = queries.standing_of(request.actor, found, day=timezone.localdate())
    form, done = _levels_page(request, seen, entries, "manager")
    if done:
        messages.success(request, _("Saved. %(name)s reads your assessment.") % {"name": found.name})
        return redirect("competence:member", person)
    context = {"form": form, **_told(seen, entries)}
    return render(request, "competence/member.html", context, status=422 if form.errors else 200)


def _levels_page(
    request: Request, seen: queries.Standing, entries: list[queries.Entry], kind: str
) -> tuple[LevelsForm, bool]:
    """The form of levels, and whether it was just saved."""
    asked = {row.competency: row.required for row in seen.gaps}
    initial = {code: str(found.level) for code, found in seen.own.items()} if kind == "self" else {}
    shown = [entry for entry in entries if entry.code in asked or not asked]
    form = LevelsForm(request.POST or None, entries=shown, asked=asked, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return form, False
    at, on = timezone.now(), timezone.localdate()
    try:
        services.assess(person=seen.person.pk, kind=kind, levels=form.levels, on=on, by=request.actor, at=at)
    except Refused:
        form.add_error(None, str(NOTHING))
        return form, False
    return form, True


COLUMNS: dict[str | Promise, Callable[[tuple[str, GroupGap]], Any]] = {
    gettext_lazy("Competency"): lambda row: row[0],
    gettext_lazy("People with a standard"): lambda row: row[1].people,
    gettext_lazy("Assessed"): lambda row: row[1].assessed,
    gettext_lazy("Mean gap"): lambda row: row[1].mean,
}


@require_safe
def means(request: Request) -> HttpResponseBase:
    """Mean gaps of a unit and all below it; groups that are too small are hidden."""
    today = timezone.localdate()
    units = [
        unit
        for unit in orgs.lines_in(agency=request.agency.pk, day=today)
        if access.sees_means(request.actor, unit.path)
    ]
    if not units:
        raise Unseen
    choices = [(unit.code, orgs.INDENT * orgs.depth(unit.path) + unit.name) for unit in units]
    code = request.GET.get("unit", "")
    chosen = next((unit for unit in units if unit.code == code), units[0])
    form = UnitFilter({"unit": chosen.code}, units=choices)
    standing = queries.unit_standing(request.actor, chosen.path, day=today)
    names = queries.names()
    rows = [(names.get(row.competency, row.competency), row) for row in standing.gaps]
    if wanted(request):
        return export(request, rows, COLUMNS, name="kesenjangan")
    context = {
        "form": form,
        "unit": chosen,
        "standing": standing,
        "rows": [_mean(name, row) for name, row in rows],
        "jpm": "–" if standing.match is None else number(standing.match, 2),
        "band": BANDS[standing.band] if standing.band else "",
    }
    return render(request, "competence/means.html", context)


def _mean(name: str, row: GroupGap) -> dict[str, Any]:
    if row.mean is None or row.coverage is None:
        return {"name": name, "people": row.people, "mean": "", "assessed": "", "share": ""}
    share = number(round(row.coverage * 100))
    return {"name": name, "people": row.people, "mean": number(row.mean, 2), "assessed": row.assessed, "share": share}


@require_http_methods(["GET", "HEAD", "POST"])
def measured(request: Request, person: UUID) -> HttpResponseBase:
    """What assessors found of one person, written down by hand."""
    found, entries = access.fetch(request.actor, person, access.Action.MEASURE), queries.dictionary()
    seen = queries.standing_of(request.actor, found, day=timezone.localdate())
    asked = {row.competency: row.required for row in seen.gaps}
    form = MeasuredForm(request.POST or None, entries=entries, asked=asked)
    if request.method == "POST" and form.is_valid():
        on, at = form.cleaned_data["on"], timezone.now()
        try:
            services.assess(person=person, kind="measured", levels=form.levels, on=on, by=request.actor, at=at)
        except Refused as no:
            form.add_error("on" if no.code == "competence.in_the_future" else None, str(WRONG.get(no.code, NOTHING)))
        else:
            messages.success(request, _("Saved. %(name)s reads it as found by assessors.") % {"name": found.name})
            return redirect("people:person", person)
    context = {"form": form, **_told(seen, entries)}
    return render(request, "competence/measured.html", context, status=422 if form.errors else 200)


@require_safe
def panel(request: Request, person: UUID) -> HttpResponse:
    """Gaps of somebody, on their page; nothing for who may not see them."""
    try:
        seen = queries.gaps_seen_by(request.actor, person, day=timezone.localdate())
    except Unseen:
        return HttpResponse("") if request.htmx else render(request, "competence/not_yours.html")
    may_measure = not seen.is_self and request.actor.may(access.Action.MEASURE)
    context = {"may_measure": may_measure, **_told(seen, queries.dictionary())}
    return render(request, "competence/panel_part.html" if request.htmx else "competence/panel.html", context)

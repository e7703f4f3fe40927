"""Pages of the training office: the cohorts, one of them, its schedule and guides."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.orgs.queries import choices as unit_choices
from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.filters import remembered
from lingkar.foundation.ui.words import day
from lingkar.grow.programmes import queries, rules, services
from lingkar.grow.programmes.models import DutyKind, Subject
from lingkar.grow.programmes.queries import CohortLine, CohortSeen, Studied
from lingkar.grow.programmes.rules import Taught
from lingkar.grow.programmes.services import (
    CohortFacts,
    NewDuty,
    NewSession,
    NewSubject,
)
from lingkar.grow.programmes.web import forms
from lingkar.grow.programmes.web.sentences import sentence
from lingkar.grow.programmes.web.shared import asked, common, done, owner_of, seen_by
from lingkar.grow.programmes.web.words import (
    Badge,
    link,
    span,
    state_badge,
)

PER_PAGE = 20
COHORT_COLUMNS: dict[str | Promise, Callable[[CohortLine], Any]] = {
    gettext_lazy("Code"): lambda row: row.code,
    pgettext_lazy("cohort", "Title"): lambda row: row.title,
    gettext_lazy("Kind of programme"): lambda row: row.kind,
    gettext_lazy("State"): lambda row: state_badge(row.state).words,
    gettext_lazy("First day"): lambda row: row.first_day,
    gettext_lazy("Last day"): lambda row: row.last_day,
    pgettext_lazy("cohort", "Seats"): lambda row: row.seats,
    gettext_lazy("Participants"): lambda row: row.taken,
}


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """Every cohort, the newest first."""
    if elsewhere := remembered(request):
        return elsewhere
    form = forms.CohortFilter(asked(request))
    given = form.chosen
    asked_for = {"state": given["keadaan"], "text": given["q"]}
    if wanted(request):
        return export(request, queries.managed(request.actor, **asked_for), COHORT_COLUMNS, name="angkatan")
    page = Paginator(queries.managed_pages(request.actor, **asked_for), PER_PAGE).get_page(request.GET.get("halaman"))
    lines = [
        {
            "url": link("programmes:cohort", code=row.code),
            "title": row.title,
            "meta": f"{row.kind} · {day(row.first_day)} – {day(row.last_day)}",
            "badges": [
                Badge(_("%(taken)d of %(seats)d seats") % {"taken": row.taken, "seats": row.seats}),
                state_badge(row.state),
            ],
        }
        for row in page
    ]
    context = {"form": form, "page": page, "lines": lines, "is_filtered": any(given.values())}
    return render(request, "programmes/office/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponseBase:
    """A new cohort, in preparation."""
    kinds = [(item.code, item.title) for item in queries.types()]
    offered = catalogue.choices(day=timezone.localdate())
    form = forms.CohortForm(request.POST or None, kinds=kinds, offered=offered)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        kind, code, facts = told.pop("type"), told.pop("code"), _facts(told)
        at, by = timezone.now(), request.actor
        if done(form, lambda: services.open_cohort(type=kind, code=code, facts=facts, by=by, at=at)):
            messages.success(request, _("Saved. Nobody else sees it until it takes participants."))
            return redirect("programmes:cohort", code.lower())
    return render(request, "programmes/office/add.html", {"form": form}, status=422 if form.errors else 200)


def _facts(told: dict[str, Any]) -> CohortFacts:
    """What was typed, with the service that the code stands for."""
    found = catalogue.service_coded(code, day=timezone.localdate()) if (code := told.pop("service")) else None
    return CohortFacts(**told, service=found.service_id if found else None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, code: str) -> HttpResponseBase:
    """Another title, other days, more seats: what was told of a cohort that is not over. Kind and code stay."""
    seen = seen_by(request, code)
    item, service = seen.cohort, seen.cohort.service
    offered = dict(catalogue.choices(day=timezone.localdate()))
    if service:  # one that is offered no more stays as it was told
        offered.setdefault(service.code, service.name)
    names = ("title", "seats", "first_day", "last_day", "place")
    initial = {name: getattr(item, name) for name in names} | {"service": service.code if service else ""}
    form = forms.FactsForm(request.POST or None, initial=initial, offered=list(offered.items()))
    if request.method == "POST" and form.is_valid():
        facts, at = _facts(dict(form.cleaned_data)), timezone.now()
        facts = replace(facts, competencies=tuple(item.competencies), units=queries.units_of(item.pk))
        if service and form.cleaned_data["service"] == service.code:
            facts = replace(facts, service=service.pk)
        if done(form, lambda: services.change_cohort(cohort=item.pk, facts=facts, by=request.actor, at=at)):
            messages.success(request, _("Saved."))
            return redirect("programmes:cohort", code)
    return render(
        request, "programmes/office/change.html", common(seen, "programme") | {"form": form},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request: Request, code: str) -> HttpResponseBase:
    """One cohort: its hours, subjects, how far it is, and the step that comes next."""
    seen = seen_by(request, code)
    units = unit_choices(agency=request.agency.pk, day=timezone.localdate())
    form = forms.SubjectForm(request.POST or None, scheme=seen.scheme, units=units)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"unit": UUID(form.cleaned_data["unit"]) if form.cleaned_data["unit"] else None}
        new, at = NewSubject(**told), timezone.now()
        if done(form, lambda: services.add_subjects(cohort=seen.cohort.pk, subjects=[new], by=request.actor, at=at)):
            messages.success(request, _("The subject was added."))
            return redirect("programmes:cohort", code)
    subjects = queries.subjects_of(seen.cohort.pk)
    study = queries.studied(seen.cohort, subjects)
    hours = rules.hours_of(seen.scheme, [Taught(it.part, it.jp, it.unit_id is not None) for it in subjects])
    context = common(seen, "programme") | {
        "form": form,
        "subjects": [(it, seen.scheme.part(it.part).name, _learned(it, study)) for it in subjects],
        "missing": ", ".join(study.missing),
        "hours": hours,
        "move": {"draft": "open", "open": "start"}.get(seen.cohort.state, ""),
    }
    return render(request, "programmes/office/cohort.html", context, status=422 if form.errors else 200)


def _learned(row: Subject, study: Studied) -> list[Badge]:
    """How many finished the course of a subject, and took its quiz."""
    badges = [Badge(_("%(jp)s JP") % {"jp": row.jp})]
    for code, counts, words in (
        (row.course, study.finished, _("%(n)s of %(all)s finished the course")),
        (row.quiz, study.taken, _("%(n)s of %(all)s took the quiz")),
    ):
        if code in counts and study.people:
            is_all = counts[code] == study.people
            badges.append(Badge(words % {"n": counts[code], "all": study.people}, "good" if is_all else "info"))
    return badges


@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: Request, code: str) -> HttpResponseBase:
    """What each component counts in this cohort; together they make 100."""
    seen = seen_by(request, code)
    form = forms.WeightsForm(request.POST or None, scheme=seen.scheme)
    if request.method == "POST" and form.is_valid():
        at, by = timezone.now(), request.actor
        if done(form, lambda: services.set_weights(cohort=seen.cohort.pk, weights=form.weights, by=by, at=at)):
            messages.success(request, _("Saved. Marks of this cohort are counted by these weights."))
            return redirect("programmes:cohort", code)
    context = common(seen, "programme") | {"form": form}
    return render(request, "programmes/office/weights.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: Request, code: str) -> HttpResponseBase:
    """Let a cohort take participants, or begin."""
    seen, at = seen_by(request, code), timezone.now()
    verb = services.take_participants if seen.cohort.state == "draft" else services.start_cohort
    try:
        verb(cohort=seen.cohort.pk, by=request.actor, at=at)
    except Refused as no:
        messages.warning(request, sentence(no))
    else:
        messages.success(request, _("Saved. Participants see it from now on."))
    return redirect("programmes:cohort", code)


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: Request, code: str) -> HttpResponseBase:
    """Sessions in time, and one more."""
    seen = seen_by(request, code)
    subjects = [(str(row.pk), row.title) for row in queries.subjects_of(seen.cohort.pk)]
    form = forms.SessionForm(request.POST or None, subjects=subjects)
    if request.method == "POST" and form.is_valid() and _plan(request, seen, form):
        messages.success(request, _("The session was planned."))
        return redirect("programmes:schedule", code)
    rows = [
        {
            "url": link("programmes:session", session=row.id),
            "title": row.title,
            "meta": " · ".join(filter(None, (span(row.starts_at, row.ends_at), row.room, row.trainer))),
            "badges": [Badge(_("%(n)d there") % {"n": row.present}, "good")] if row.present else [],
        }
        for row in queries.schedule_of(seen.cohort)
    ]
    context = common(seen, "schedule") | {"form": form, "rows": rows}
    return render(request, "programmes/office/schedule.html", context, status=422 if form.errors else 200)


def _plan(request: Request, seen: CohortSeen, form: forms.SessionForm) -> bool:
    trainer = None
    if form.cleaned_data["trainer"]:
        trainer = owner_of(form, form.cleaned_data["trainer"], "trainer")
        if trainer is None:
            return False
    start, end = form.moments()
    new = NewSession(UUID(form.cleaned_data["subject"]), start, end, form.cleaned_data["room"], trainer)
    at = timezone.now()
    return bool(done(form, lambda: services.plan_session(cohort=seen.cohort.pk, session=new, by=request.actor, at=at)))


@require_http_methods(["GET", "HEAD", "POST"])
def duties(request: Request, code: str) -> HttpResponseBase:
    """Trainers, mentors, coaches, examiners."""
    seen = seen_by(request, code)
    lines = list(queries.participants_of(request.actor, seen.cohort))
    form = forms.DutyForm(request.POST or None, participants=[(str(row.id), row.name) for row in lines])
    if request.method == "POST" and form.is_valid():
        person = owner_of(form, form.cleaned_data["nip"])
        chosen = form.cleaned_data["participant"]
        at, by, verb = timezone.now(), request.actor, services.add_duties
        rows = [NewDuty(person, form.cleaned_data["kind"], UUID(chosen) if chosen else None)] if person else []
        if rows and done(form, lambda: verb(cohort=seen.cohort.pk, duties=rows, by=by, at=at) + 1):
            messages.success(request, _("Saved."))
            return redirect("programmes:duties", code)
    groups: dict[tuple[str, str], list[str]] = {}
    for row in queries.duties_in(request.actor, seen.cohort):
        groups.setdefault((row.kind, row.name), []).append(row.participant_name or "")
    shown = [
        (name, str(DutyKind(kind).label), _("all participants") if "" in whom else "; ".join(whom))
        for (kind, name), whom in groups.items()
    ]
    context = common(seen, "duties") | {"form": form, "rows": shown}
    return render(request, "programmes/office/duties.html", context, status=422 if form.errors else 200)

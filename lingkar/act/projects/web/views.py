"""Own projects, one project, its files."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lingkar.act.projects import queries
from lingkar.act.projects.rules import State
from lingkar.act.projects.web import acts, pages
from lingkar.foundation.access.web import Request
from lingkar.foundation.files.web import serve

MOST = 50


@require_safe
def own(request: Request) -> HttpResponse:
    """The projects of whoever is signed in."""
    rows = [(line, pages.STATE_KINDS[State(line.state)]) for line in queries.own_projects(request.actor)[:MOST]]
    return render(request, "projects/own.html", {"rows": rows})


@require_safe
def one(request: Request, project: UUID) -> HttpResponse:
    """One project, for its owner and whoever has a part in it."""
    seen = queries.project_seen_by(request.actor, project)
    return pages.page(request, seen, acts.offered(seen))


@require_safe
def file(request: Request, evidence: UUID) -> HttpResponseBase:
    """A photo or PDF of a project that one may see."""
    row = queries.evidence_seen_by(request.actor, evidence)
    return serve(row.file, small="kecil" in request.GET)

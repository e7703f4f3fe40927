"""One box for everything: a page of results, and suggestions while somebody types."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lingkar.foundation.access.tries import Limit
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.search.queries import asked as read
from lingkar.listen.reports.access import Action
from lingkar.site.search.kinds import KINDS, Found, Kind

SHORT, PER_PAGE, MOST, SUGGESTED = 5, 20, 200, 3
"""Hits of each kind on the first page; on a page of one kind; that are paged at all; among suggestions."""
ASKED_OFTEN = Limit(burst=60, seconds=1)
"""A minute of fast questions, then one each second: a person never gets there."""
TYPED_OFTEN = Limit(burst=240, seconds=0.25)


@dataclass(frozen=True)
class Group:
    """The hits of one kind as the page shows them."""

    kind: Kind
    found: Found
    url: str

    @property
    def count(self) -> str:
        return f"{self.found.count}{'+' if self.found.is_more else ''}"

    @property
    def is_cut(self) -> bool:
        return self.found.is_more or self.found.count > len(self.found.hits)


def _busy(request: Request, minutes: int) -> HttpResponse:
    return render(request, "429.html", {"minutes": minutes})


def _too_fast(request: Request, minutes: int) -> HttpResponse:  # noqa: ARG001
    return HttpResponse()


@require_safe
@limited(ASKED_OFTEN, answer=_busy, reads=True)
def page(request: Request) -> HttpResponse:
    """What was found, by kind; with ``jenis`` everything of one kind, in pages."""
    asked = read(request.GET.get("q", ""))
    chosen = next((kind for kind in KINDS if kind.code == request.GET.get("jenis")), None)
    context = {"asked": asked, "layout": "ui/office.html" if request.actor.is_signed_in else "ui/citizen_wide.html"}
    if not asked:
        return render(request, "search/page.html", context)
    limit = {kind: (MOST if kind is chosen else 1 if chosen else SHORT) for kind in KINDS}
    groups = [Group(kind, kind.find(request.actor, asked, limit[kind]), _url(asked.typed, kind)) for kind in KINDS]
    open_group = next((group for group in groups if group.kind is chosen), None)
    more = {
        "groups": [group for group in groups if group.found.count],
        "every": _url(asked.typed),
        "one": open_group,
        "page": Paginator(open_group.found.hits, PER_PAGE).get_page(request.GET.get("halaman")) if open_group else None,
        "queue": _queue(request, asked.typed),
    }
    return render(request, "search/page.html", context | more)


@require_safe
@limited(TYPED_OFTEN, answer=_too_fast, reads=True)
def suggestions(request: Request) -> HttpResponse:
    """The first hits of each kind, for the list under the box."""
    asked = read(request.GET.get("q", ""))
    groups = [Group(kind, kind.find(request.actor, asked, SUGGESTED), "") for kind in KINDS] if asked else []
    found = [group for group in groups if group.found.hits]
    total = sum(len(group.found.hits) for group in found)
    context = {"asked": asked, "groups": found, "total": total, "every": _url(asked.typed)}
    return render(request, "search/suggestions.html", context)


def _url(words: str, kind: Kind | None = None) -> str:
    return f"{reverse('search:page')}?{urlencode({'q': words} | ({'jenis': kind.code} if kind else {}))}"


def _queue(request: Request, words: str) -> str:
    """Where an officer finds unpublished cases with the same words: their own queue, with its own permissions."""
    return f"{reverse('reports:queue')}?{urlencode({'q': words})}" if request.actor.may(Action.DESK) else ""

"""Units as everybody may see them: the tree of a day, and one unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lingkar.directory.orgs import access, queries
from lingkar.directory.orgs.models import UnitState
from lingkar.directory.orgs.queries import Node
from lingkar.directory.orgs.web import words
from lingkar.directory.orgs.web.forms import TreeForm
from lingkar.foundation.access.web import Request
from lingkar.foundation.sheets import web as sheets

PER_PAGE = 50
WHOLE_TREE = 400
"""A tree of more units shows its top alone; the page of each unit leads on."""
COLUMNS: dict[Any, Any] = {
    _("Code"): lambda state: state.unit.code,
    _("Name"): lambda state: state.name,
    _("Short name"): lambda state: state.short_name,
    _("Kind"): lambda state: state.get_kind_display(),
    _("Parent"): lambda state: state.parent.code if state.parent else "",
    _("Valid from"): lambda state: state.valid_from,
    _("Valid to"): lambda state: state.valid_to,
}


DEEPEST = 4
"""Units further down are set in no further: a phone is narrow."""


@dataclass(frozen=True)
class Leaf:
    """A unit below a topmost one."""

    title: str
    href: str
    depth: int


@dataclass(frozen=True)
class Branch:
    """A topmost unit with everything below it, as far as it is shown."""

    title: str
    href: str
    meta: str
    summary: str
    below: list[Leaf]


@require_safe
def tree(request: Request) -> HttpResponseBase:
    """The tree of a day; with words or a kind, the units that answer to them."""
    today = timezone.localdate()
    form = TreeForm(request.GET.dict())
    day = form.day(today)
    nodes = queries.tree_on(request.agency.pk, day=day)
    found = list(queries.found_in(nodes, words=form.words(), kind=form.kind()))
    if sheets.wanted(request):
        return sheets.export(request, _states(request, found, day), COLUMNS, name="unit")
    is_search = bool(form.words() or form.kind())
    query = "" if day == today else f"?tanggal={day.isoformat()}"
    context = {
        "form": form,
        "day": day,
        "is_today": day == today,
        "total": len(nodes),
        "branches": None if is_search else _branches(nodes, query),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("halaman")) if is_search else None,
        "query": query,
        "may_add": access.may_manage(request.actor),
    }
    return render(request, "orgs/tree.html", context | _layout(request))


@require_safe
def unit(request: Request, code: str) -> HttpResponse:
    """One unit: what it is, what stands above and below, who leads, what it was."""
    today = timezone.localdate()
    form = TreeForm(request.GET.dict())
    seen = queries.unit_seen_by(request.actor, code, day=form.day(today))
    context = {
        "seen": seen,
        "unit": seen.unit,
        "history": words.history(seen, today=today),
        "is_today": seen.day == today,
        "query": "" if seen.day == today else f"?tanggal={seen.day.isoformat()}",
    }
    return render(request, "orgs/unit.html", context | _layout(request))


def _states(request: Request, found: Iterable[Node], day: date) -> list[UnitState]:
    """The rows of the export, in the order of the page."""
    rows = {state.unit_id: state for state in queries.states_on(request.agency.pk, day).select_related("parent")}
    return [rows[node.unit] for node in found]


def _branches(nodes: list[Node], query: str) -> list[Branch]:
    """The tree by its topmost units."""
    whole, here = len(nodes) <= WHOLE_TREE, reverse("orgs:tree")
    branches = []
    for start, node in enumerate(nodes):
        if node.depth == 0:
            below = nodes[start + 1 : start + 1 + node.below] if whole else []
            leaves = [Leaf(leaf.name, f"{here}{leaf.code}/{query}", min(leaf.depth, DEEPEST)) for leaf in below]
            count = ngettext("%(number)s unit below", "%(number)s units below", node.below) % {"number": node.below}
            meta = f"{node.kind.label}" if whole or not node.below else f"{node.kind.label} · {count}"
            branches.append(Branch(node.name, f"{here}{node.code}/{query}", meta, count, leaves))
    return branches


def _layout(request: Request) -> dict[str, str]:
    layout = "ui/office.html" if request.actor.is_signed_in else "ui/citizen_wide.html"
    return {"layout": layout, "here": reverse("orgs:tree")}

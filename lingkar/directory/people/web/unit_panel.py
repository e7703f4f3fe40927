"""Who works in a unit and which seats are empty: a panel on the page of the unit, and a page without scripts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries
from lingkar.directory.people.models import Placement
from lingkar.foundation.access.web import Request
from lingkar.foundation.ui.slots import register_panel

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Position

register_panel("orgs.unit", "people:in_unit", title=_("Who works here"), order=10)
register_panel("orgs.position", "people:in_position", title=_("Who sits here"), order=10)


@dataclass(frozen=True)
class Post:
    """A position with whoever holds it. An acting duty fills no seat."""

    position: "Position"
    holders: tuple[Placement, ...]

    @property
    def empty(self) -> int:
        return max(self.position.seats - sum(row.is_main for row in self.holders), 0)


@require_safe
def in_unit(request: Request, unit: UUID) -> HttpResponse:
    """Positions of a unit with their holders, then people who hold none of them."""
    today = timezone.localdate()
    found = orgs.unit_of(unit)
    if found is None:
        raise Http404
    placed = list(queries.placed_in(unit, day=today))
    posts = [
        Post(position, tuple(row for row in placed if row.position_id == position.pk))
        for position in orgs.positions_of(unit, today)
    ]
    held = {position.position.pk for position in posts}
    context = {
        "unit": found,
        "posts": posts,
        "others": [row for row in placed if row.position_id not in held],
        "people": len({row.person_id for row in placed}),
        "empty": sum(post.empty for post in posts),
    }
    return render(request, "people/in_unit_part.html" if request.htmx else "people/in_unit.html", context)


@require_safe
def in_position(request: Request, position: UUID) -> HttpResponse:
    """Who sits in a position, and how many of its seats are empty."""
    today = timezone.localdate()
    found = orgs.position_of(position)
    if found is None:
        raise Http404
    post = Post(found, tuple(row for row in queries.placed_in(found.unit_id, day=today) if row.position_id == position))
    template = "people/in_position_part.html" if request.htmx else "people/in_position.html"
    return render(request, template, {"post": post, "position": found})

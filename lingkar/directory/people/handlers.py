"""Before a unit or a position ends: who still sits there, and who still holds a role over it."""

from collections.abc import Iterable, Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.directory.orgs.services import Ending, Occupied, asked_before_end
from lingkar.directory.people.models import Placement, RoleGrant, Status

NAMED = 3
"""How many are called by name; the others are counted."""


@asked_before_end
def people_who_work_there(ending: Ending) -> Iterator[Occupied]:
    """Placements in the units or positions that hold on the day, or begin later."""
    rows = Placement.objects.filter(Q(unit__in=ending.units) | Q(position__in=ending.positions))
    rows = rows.filter(_lasting(ending), person__status=Status.ACTIVE).order_by("person__name")
    names = list(dict.fromkeys(rows.values_list("person__name", flat=True)))
    if names:
        words = _("%(names)s still work here. Give them another unit or position first.")
        yield Occupied(words % {"names": _called(names)})


@asked_before_end
def roles_over_it(ending: Ending) -> Iterator[Occupied]:
    """Grants over the units themselves that hold on the day, or begin later."""
    rows = RoleGrant.objects.filter(_lasting(ending), unit__in=ending.units, account__is_active=True)
    names = list(dict.fromkeys(rows.order_by("account__name").values_list("account__name", flat=True)))
    if names:
        words = _("%(names)s still hold a role over this unit. End it, or give it over another unit, first.")
        yield Occupied(words % {"names": _called(names)}, reverse("people:grants"))


def _lasting(ending: Ending) -> Q:
    return Q(valid_to__isnull=True) | (Q(valid_to__gte=ending.on) & Q(valid_to__gte=F("valid_from")))


def _called(names: Iterable[str]) -> str:
    """ "Ani, Budi, Citra and 4 others"."""
    first, others = [*names][:NAMED], len([*names]) - NAMED
    listed = ", ".join(first)
    if others <= 0:
        return listed
    words = ngettext("%(listed)s and %(others)s other", "%(listed)s and %(others)s others", others)
    return words % {"listed": listed, "others": others}

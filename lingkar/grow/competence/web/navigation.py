"""Where competence stands: in the navigation, on the page of a person, among the figures of the home."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.slots import register_panel
from lingkar.foundation.ui.tasks import Figure, tells_figures
from lingkar.grow.competence import queries
from lingkar.grow.competence.access import Action

register("competence:own", gettext_lazy("My competence"), icon="star", section=Section.LEARNING, order=30)
register(
    "competence:team", gettext_lazy("My team"), icon="users", section=Section.GUIDING, order=40, needs=Action.ASSESS
)
register(
    "competence:means",
    gettext_lazy("Gaps by unit"),
    icon="activity",
    section=Section.CIRCLE,
    order=15,
    needs=Action.OVERVIEW,
)
register_panel("people.person", "competence:panel", title=gettext_lazy("Competence"), order=20)


@tells_figures
def figures(actor: Actor, at: datetime) -> Iterator[Figure]:
    """How many competencies fall short of what the position asks for."""
    if actor.person is None:
        return
    seen, _numbers = queries.look_at_own(actor.person, day=timezone.localdate(at))
    known = [row.gap for one in seen.values() for row in one.gaps if row.gap is not None]
    if known:
        short = sum(1 for gap in known if gap)
        note = _("of %(all)s competencies fall short") % {"all": len(known)}
        yield Figure(_("Gap"), str(short), reverse("competence:own"), note=note, order=20)

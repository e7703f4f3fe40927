"""Where certificates and hours stand: in the navigation, on the page of a person, among the figures of the home."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.slots import register_panel
from lingkar.foundation.ui.tasks import Figure, tells_figures
from lingkar.foundation.ui.words import amount
from lingkar.grow.credentials import queries
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.web.words import LEVELS, year_note

register("credentials:hours", _("My hours (JP)"), icon="clock", section=Section.LEARNING, order=31)
register("credentials:own", _("My certificates"), icon="file-text", section=Section.LEARNING, order=32)
register(
    "credentials:list", _("Certificates"), icon="file-text", section=Section.TRAINING, order=66, needs=Action.ISSUE
)
register_panel("people.person", "credentials:panel", title=_("Hours and IP ASN"), order=30)


@tells_figures
def figures(actor: Actor, at: datetime) -> Iterator[Figure]:
    """Hours of this year, and the IP ASN."""
    if actor.person is None:
        return
    day = timezone.localdate(at)
    found = queries.own_standing(actor.person, day.year, day=day)
    if found is None:
        return
    year, index, address = found.hours, found.index, reverse("credentials:hours")
    yield Figure(_("JP this year"), amount(year.counted), address, note=year_note(year), order=10)
    if index and index.value is not None and index.level:
        yield Figure("IP ASN", amount(index.value), address, note=LEVELS[index.level], order=30)

"""Where plans stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.slots import register_panel
from lingkar.loop.planning.access import Action

register("planning:plans", _("Training plan"), icon="calendar", section=Section.CIRCLE, order=20, needs=Action.VIEW)
register_panel("needs.list", "planning:waiting", title=_("Trainings that needs speak for"), needs=Action.MAKE)
register_panel("needs.need", "planning:from_need", title=_("In the training plan"), needs=Action.MAKE)
register_panel("competence.team", "planning:team", title=_("Who goes to which training"), needs=Action.TEAM)

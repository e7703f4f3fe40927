"""Where the circle stands on pages of modules below, and in the navigation of the office."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.slots import register_panel
from lingkar.loop.scoreboard.access import Action

SERVICE = "services.service"

WORDS = pgettext_lazy("navigation", "The circle")
register("scoreboard:board", WORDS, icon="refresh-cw", section=Section.CIRCLE, order=5, needs=Action.VIEW)
register_panel(SERVICE, "scoreboard:panel", title=_("You said it, we did it"), order=20)

"""Where studies stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.slots import register_panel
from lingkar.loop.effect.access import Action

register(
    "effect:studies", _("Effect of training"), icon="activity", section=Section.CIRCLE, order=30, needs=Action.VIEW
)
register_panel("programmes.cohort", "effect:panel", title=_("Effect of training"), needs=Action.REGISTER, order=30)

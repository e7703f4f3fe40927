"""Where the parameters stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.access import Action
from lingkar.foundation.ui.navigation import Section, register

register(
    "parameters:list", _("Rules and numbers"), icon="settings", section=Section.SYSTEM, order=84, needs=Action.EDIT
)

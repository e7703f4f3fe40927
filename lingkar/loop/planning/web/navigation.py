"""Where plans stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import register
from lingkar.loop.planning.access import Action

register("planning:plans", _("Training plan"), icon="calendar", order=46, needs=Action.VIEW)

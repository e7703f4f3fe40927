"""Where the calendar stands in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.calendar.access import Action
from lingkar.foundation.ui.navigation import Section, register

register("calendar:year", _("Working days"), icon="calendar", section=Section.SYSTEM, order=86, needs=Action.EDIT)

"""Where the catalogue stands in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.directory.services.access import Action
from lingkar.foundation.ui.navigation import Section, register

register("services:manage", _("Services"), icon="list-checks", section=Section.AGENCY, order=60, needs=Action.MANAGE)

"""Where imports stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.imports.access import Action
from lingkar.foundation.ui.navigation import Section, register

register("imports:list", _("Import"), icon="upload", section=Section.AGENCY, order=70, needs=Action.USE)

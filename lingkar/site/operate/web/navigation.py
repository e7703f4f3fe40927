"""Where the operator's page stands in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register
from lingkar.site.access import Action

register("operate:state", _("System"), icon="activity", section=Section.SYSTEM, order=90, needs=Action.OPERATE)

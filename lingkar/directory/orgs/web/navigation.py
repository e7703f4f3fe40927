"""Where the units stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register

register("orgs:tree", _("Units"), icon="building-2", section=Section.AGENCY, order=61)

"""Where the units stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import register

register("orgs:tree", _("Units"), icon="building-2", order=61)

"""A leader's first page stands first."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import register
from lingkar.foundation.ui.slots import register_panel
from lingkar.site.access import Action

register("leader:page", _("Service in numbers"), icon="activity", order=5, needs=Action.LEAD)
register_panel("leader.page", "leader:circle", title=_("Does service get better?"), needs=Action.LEAD)

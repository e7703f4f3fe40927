"""Where programmes stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import register
from lingkar.grow.programmes.access import Action

register("programmes:own", _("My programmes"), icon="calendar", order=22)
register("programmes:teaching", _("Teaching"), icon="users", order=24)
register("programmes:manage", _("Trainings"), icon="list-checks", order=58, needs=Action.MANAGE)

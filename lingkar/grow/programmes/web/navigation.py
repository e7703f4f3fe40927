"""Where programmes stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register
from lingkar.grow.programmes.access import Action

register("programmes:own", _("My programmes"), icon="calendar", section=Section.LEARNING, order=22)
register("programmes:teaching", _("Teaching"), icon="users", section=Section.GUIDING, order=24)
register(
    "programmes:manage", _("Trainings"), icon="list-checks", section=Section.TRAINING, order=58, needs=Action.MANAGE
)

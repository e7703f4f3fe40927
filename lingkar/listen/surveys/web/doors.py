"""Where the survey stands on pages of modules below and beside: a service, an answered report, the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.slots import register_door, register_panel
from lingkar.listen.surveys.access import Action

SERVICE, ANSWERED = "services.service", "reports.answered"
"""The subject of the first is a service's code, of the second a ticket (``foundation.privacy.tickets``)."""

register_door(SERVICE, "surveys:rate", label=_("Rate this service"), icon="star", order=200)
register_panel(SERVICE, "surveys:panel", title=_("What users say it was worth"), order=50)
register_door(ANSWERED, "surveys:after_case", label=_("Rate the service"), icon="star")
register("surveys:counters", _("Survey (SKM)"), icon="star", section=Section.VOICE, order=40, needs=Action.COLLECT)

"""The way to logbook and inbox: in the menu under the own name, so that nobody's navigation grows."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register

register("fieldwork:mine", _("Logbook"), icon="pencil", section=Section.LEARNING, order=26)
register("fieldwork:inbox", _("Waits for my word"), icon="inbox", section=Section.GUIDING, order=26)

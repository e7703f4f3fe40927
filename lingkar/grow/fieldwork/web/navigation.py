"""The way to logbook and inbox: in the menu under the own name, so that nobody's navigation grows."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import register

register("fieldwork:mine", _("Logbook"), icon="pencil", order=40, account=True)
register("fieldwork:inbox", _("Waits for my word"), icon="inbox", order=45, account=True)

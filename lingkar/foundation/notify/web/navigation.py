"""Where notifications and letters stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.notify.access import Action
from lingkar.foundation.notify.queries import unread
from lingkar.foundation.ui.navigation import Section, register

register("notify:inbox", _("Notifications"), icon="bell", order=15, count=unread)
register("notify:letters", _("Letters"), icon="mail", section=Section.SYSTEM, order=88, needs=Action.MANAGE_LETTERS)

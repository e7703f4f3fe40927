"""The home of a civil servant stands before everything that is not a duty of office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import register

register("asn:home", _("My learning day"), icon="house", order=15)

"""Where reports stand on pages of modules below: a service leads to a report about it, and shows what was said."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.slots import register_door, register_panel

SERVICE = "services.service"

register_door(SERVICE, "reports:about", label=_("Report about this service"), icon="megaphone")
register_panel(SERVICE, "reports:of_service", title=_("What people reported about it"))

"""Where the pages of those who answer stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register
from lingkar.listen.reports.access import Action

register("reports:desk", _("My work"), icon="house", order=10, needs=Action.DESK)
register(
    "reports:queue",
    _("Queue"),
    icon="inbox",
    section=Section.VOICE,
    order=20,
    needs=Action.DESK,
    covers=("/petugas/kasus/",),
)
register("reports:register", _("All reports"), icon="file-text", section=Section.VOICE, order=25, needs=Action.DESK)
register("reports:categories", _("Categories"), icon="tag", section=Section.VOICE, order=70, needs=Action.CATEGORIES)

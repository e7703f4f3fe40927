from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.shells import register_shell
from lingkar.foundation.ui.slots import register_door, register_panel


class FieldworkConfig(AppConfig):
    name = "lingkar.grow.fieldwork"
    label = "fieldwork"
    verbose_name = _("Field study")

    def ready(self) -> None:
        import_module("lingkar.grow.fieldwork.access")  # declares the actions
        import_module("lingkar.grow.fieldwork.web.navigation")
        import_module("lingkar.grow.fieldwork.web.waiting")
        files = ("ui/ui.js", "ui/photos.js", "fieldwork/fieldwork.js")
        register_shell("/lapangan/", "fieldwork:offline", files=files)
        start = _("What the field study begins from")
        register_panel("programmes.cohort", "fieldwork:prepared", title=start, needs="fieldwork.prepare", order=22)
        register_door("programmes.taught", "fieldwork:community", label=_("Write about a community"), icon="pencil")
        register_door("programmes.taught", "fieldwork:own_case", label=_("Write a case"), icon="pencil", order=110)
        register_panel("programmes.participant", "fieldwork:panel", title=_("Field study"), order=10)

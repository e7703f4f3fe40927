from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "lingkar.grow.programmes"
    label = "programmes"
    verbose_name = _("Training programmes")

    def ready(self) -> None:
        import_module("lingkar.grow.programmes.access")  # declares the actions
        import_module("lingkar.grow.programmes.parameters")
        import_module("lingkar.grow.programmes.web.steps")
        import_module("lingkar.grow.programmes.web.navigation")

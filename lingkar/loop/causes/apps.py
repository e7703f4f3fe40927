from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CausesConfig(AppConfig):
    name = "lingkar.loop.causes"
    label = "causes"
    verbose_name = _("Root causes")

    def ready(self) -> None:
        import_module("lingkar.loop.causes.access")  # declares the actions
        import_module("lingkar.loop.causes.parameters")
        import_module("lingkar.loop.causes.web.counting")
        import_module("lingkar.loop.causes.web.doors")

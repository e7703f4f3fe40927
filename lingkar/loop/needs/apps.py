from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "lingkar.loop.needs"
    label = "needs"
    verbose_name = _("Training needs")

    def ready(self) -> None:
        import_module("lingkar.loop.needs.access")  # declares the actions
        import_module("lingkar.loop.needs.parameters")
        import_module("lingkar.loop.needs.web.navigation")

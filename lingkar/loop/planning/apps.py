from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "lingkar.loop.planning"
    label = "planning"
    verbose_name = _("Training plan")

    def ready(self) -> None:
        import_module("lingkar.loop.planning.access")  # declares the actions
        import_module("lingkar.loop.planning.web.navigation")

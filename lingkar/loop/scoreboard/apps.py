from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoreboardConfig(AppConfig):
    name = "lingkar.loop.scoreboard"
    label = "scoreboard"
    verbose_name = _("Circle of the services")

    def ready(self) -> None:
        import_module("lingkar.loop.scoreboard.access")  # declares the actions
        import_module("lingkar.loop.scoreboard.parameters")
        import_module("lingkar.loop.scoreboard.web.doors")

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetenceConfig(AppConfig):
    name = "lingkar.grow.competence"
    label = "competence"
    verbose_name = _("Competence")

    def ready(self) -> None:
        import_module("lingkar.grow.competence.access")  # declares the actions
        import_module("lingkar.grow.competence.web.navigation")

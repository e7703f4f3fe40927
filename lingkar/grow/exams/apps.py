from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "lingkar.grow.exams"
    label = "exams"
    verbose_name = _("Exams")

    def ready(self) -> None:
        import_module("lingkar.grow.exams.access")  # declares the actions
        import_module("lingkar.grow.exams.web.navigation")

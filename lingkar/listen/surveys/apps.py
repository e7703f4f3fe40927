from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "lingkar.listen.surveys"
    label = "surveys"
    verbose_name = _("Satisfaction surveys (SKM)")

    def ready(self) -> None:
        import_module("lingkar.listen.surveys.access")  # declares the actions
        import_module("lingkar.listen.surveys.parameters")
        import_module("lingkar.listen.surveys.web.doors")

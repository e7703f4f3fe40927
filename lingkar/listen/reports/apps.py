from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "lingkar.listen.reports"
    label = "reports"
    verbose_name = _("Citizens' reports")

    def ready(self) -> None:
        import_module("lingkar.listen.reports.access")  # declares the actions
        import_module("lingkar.listen.reports.web.office_navigation")
        import_module("lingkar.listen.reports.web.doors")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "lingkar.listen.reports"
    label = "reports"
    verbose_name = _("Citizens' reports")

    def ready(self) -> None:
        from lingkar.listen.reports import access  # noqa: F401  (declares the actions)

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "lingkar.directory.services"
    label = "services"
    verbose_name = _("Public services")

    def ready(self) -> None:
        import_module("lingkar.directory.services.synonyms")
        import_module("lingkar.directory.services.access")  # declares the actions
        import_module("lingkar.directory.services.web.navigation")

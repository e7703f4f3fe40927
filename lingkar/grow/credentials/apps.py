from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "lingkar.grow.credentials"
    label = "credentials"
    verbose_name = _("Certificates and hours of learning")

    def ready(self) -> None:
        import_module("lingkar.grow.credentials.access")  # declares the actions
        import_module("lingkar.grow.credentials.web.navigation")

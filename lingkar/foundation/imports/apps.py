from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "lingkar.foundation.imports"
    label = "imports"

    def ready(self) -> None:
        autodiscover_modules("importer")
        import_module("lingkar.foundation.imports.web.navigation")

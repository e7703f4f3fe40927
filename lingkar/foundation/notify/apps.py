from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotifyConfig(AppConfig):
    name = "lingkar.foundation.notify"
    label = "notify"

    def ready(self) -> None:
        autodiscover_modules("notices")
        import_module("lingkar.foundation.notify.web.navigation")

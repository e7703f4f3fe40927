from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "lingkar.directory.people"
    label = "people"

    def ready(self) -> None:
        import_module("lingkar.directory.people.synonyms")
        import_module("lingkar.directory.people.web.signals")
        import_module("lingkar.directory.people.web.navigation")
        autodiscover_modules("personal")

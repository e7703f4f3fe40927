from importlib import import_module

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "lingkar.directory.orgs"
    label = "orgs"

    def ready(self) -> None:
        import_module("lingkar.directory.orgs.synonyms")
        import_module("lingkar.directory.orgs.access")  # declares the actions
        import_module("lingkar.directory.orgs.web.navigation")

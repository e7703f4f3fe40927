from importlib import import_module

from django.apps import AppConfig


class LeaderConfig(AppConfig):
    name = "lingkar.site.leader"
    label = "leader"

    def ready(self) -> None:
        import_module("lingkar.site.leader.web.navigation")

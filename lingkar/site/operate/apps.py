from importlib import import_module

from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "lingkar.site.operate"
    label = "operate"

    def ready(self) -> None:
        import_module("lingkar.site.operate.web.navigation")

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules


class ParametersConfig(AppConfig):
    name = "lingkar.foundation.parameters"
    label = "parameters"

    def ready(self) -> None:
        autodiscover_modules("parameters")
        import_module("lingkar.foundation.parameters.web.navigation")
        post_migrate.connect(_seed, sender=self)


def _seed(*, apps: Any, **_: Any) -> None:
    """After ``migrate``: the values that ship and are missing are added."""
    from lingkar.foundation.parameters.services import seed

    if "parameters" in apps.all_models and "parameter" in apps.all_models["parameters"]:
        seed(at=timezone.now())

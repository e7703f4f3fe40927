from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EffectConfig(AppConfig):
    name = "lingkar.loop.effect"
    label = "effect"
    verbose_name = _("Effect of training")

    def ready(self) -> None:
        import_module("lingkar.loop.effect.access")  # declares the actions
        import_module("lingkar.loop.effect.web.navigation")

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "lingkar.act.projects"
    label = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        import_module("lingkar.act.projects.access")  # declares the actions

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "lingkar.grow.courses"
    label = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        import_module("lingkar.grow.courses.access")  # declares the actions
        import_module("lingkar.grow.courses.web.navigation")

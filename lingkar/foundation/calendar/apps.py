from importlib import import_module

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "lingkar.foundation.calendar"
    label = "calendar"

    def ready(self) -> None:
        import_module("lingkar.foundation.calendar.web.navigation")

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "lingkar.foundation.calendar"
    label = "calendar"

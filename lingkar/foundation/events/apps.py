from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "lingkar.foundation.events"
    label = "events"

    def ready(self) -> None:
        autodiscover_modules("events")
        autodiscover_modules("handlers")

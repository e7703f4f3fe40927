from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lingkar.foundation.search"
    label = "search"

from importlib import import_module

from django.apps import AppConfig


class SearchPagesConfig(AppConfig):
    name = "lingkar.site.search"
    label = "search_pages"

    def ready(self) -> None:
        import_module("lingkar.site.search.web.navigation")

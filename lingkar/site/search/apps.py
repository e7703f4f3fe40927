from importlib import import_module

from django.apps import AppConfig


class SearchPagesConfig(AppConfig):
    name = "lingkar.site.search"
    label = "search_pages"

    def ready(self) -> None:
        from lingkar.foundation.search.registry import register_own
        from lingkar.site.search.queries import own_groups

        register_own(own_groups)
        import_module("lingkar.site.search.web.navigation")

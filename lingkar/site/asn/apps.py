from importlib import import_module

from django.apps import AppConfig


class AsnConfig(AppConfig):
    name = "lingkar.site.asn"
    label = "asn"

    def ready(self) -> None:
        import_module("lingkar.site.asn.web.navigation")

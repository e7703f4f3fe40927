from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lingkar.site"
    label = "site"

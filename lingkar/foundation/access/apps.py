from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "lingkar.foundation.access"
    label = "access"

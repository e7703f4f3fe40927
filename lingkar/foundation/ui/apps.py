from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "lingkar.foundation.ui"
    label = "ui"

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "lingkar.foundation.sheets"
    label = "sheets"

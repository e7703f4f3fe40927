from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lingkar.listen.reports"
    label = "reports"

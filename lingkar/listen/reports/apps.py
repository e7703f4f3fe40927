from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lingkar.listen.reports"
    label = "reports"

    def ready(self) -> None:
        from lingkar.listen.reports import access  # noqa: F401  (declares the actions)

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "lingkar.foundation.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from lingkar.foundation.tenancy import lookups  # noqa: F401  # registers itself

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "lingkar.foundation.tenancy"
    label = "tenancy"

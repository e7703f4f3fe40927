from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lingkar.foundation.audit"
    label = "audit"

from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "lingkar.site.operate"
    label = "operate"

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lingkar.foundation.files"
    label = "files"

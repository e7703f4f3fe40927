from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "lingkar.directory.orgs"
    label = "orgs"

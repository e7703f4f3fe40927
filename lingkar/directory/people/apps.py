from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lingkar.directory.people"
    label = "people"

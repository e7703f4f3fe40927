from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "lingkar.directory.places"
    label = "places"

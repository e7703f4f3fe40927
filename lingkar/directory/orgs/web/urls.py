"""Addresses of units and positions. Names of units are public; they change for those who manage them."""

from django.urls import include, path

from lingkar.directory.orgs.web import views
from lingkar.foundation.access.web import route

ONE = "unit/<slug:code>/"

routes = [
    route("unit/", views.tree, name="tree", public=True),
    route(ONE, views.unit, name="unit", public=True),
]
urlpatterns = [path("", include((routes, "orgs")))]

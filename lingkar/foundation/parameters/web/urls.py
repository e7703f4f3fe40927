"""Addresses of the parameters."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.foundation.parameters.access import Action
from lingkar.foundation.parameters.web import views

routes = [
    route("pengaturan/parameter/", views.listed, name="list", needs=Action.EDIT),
    route("pengaturan/parameter/<str:key>/", views.one, name="one", needs=Action.EDIT),
]
urlpatterns = [path("", include((routes, "parameters")))]

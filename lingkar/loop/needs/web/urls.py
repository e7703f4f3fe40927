"""Addresses of the needs."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.loop.needs.access import Action
from lingkar.loop.needs.web import views

routes = [
    route("kebutuhan/", views.listing, name="list", needs=Action.VIEW),
    route("kebutuhan/hitung/", views.compute, name="compute", needs=Action.COMPUTE),
    route("kebutuhan/<uuid:need>/", views.one, name="one", needs=Action.VIEW),
]
urlpatterns = [path("", include((routes, "needs")))]

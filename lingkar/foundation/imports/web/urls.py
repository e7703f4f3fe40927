"""Addresses of imports."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.foundation.imports.access import Action
from lingkar.foundation.imports.web import views

routes = [
    route("impor/", views.listed, name="list", needs=Action.USE),
    route("impor/contoh/<slug:kind>/", views.example, name="example", needs=Action.USE),
    route("impor/<uuid:source>/", views.one, name="one", needs=Action.USE),
    route("impor/<uuid:source>/tulis/", views.confirm, name="confirm", needs=Action.USE),
    route("impor/<uuid:source>/batal/", views.drop, name="drop", needs=Action.USE),
    route("impor/<uuid:source>/lanjut/", views.resume, name="resume", needs=Action.USE),
]
urlpatterns = [path("", include((routes, "imports")))]

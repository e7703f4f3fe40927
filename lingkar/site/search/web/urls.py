"""Addresses of the search. What somebody finds is asked of each module, for whoever looks."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.site.search.web import views

routes = [
    route("cari/", views.page, name="page", public=True),
    route("cari/saran/", views.suggestions, name="suggestions", public=True),
]
urlpatterns = [path("", include((routes, "search")))]

"""Addresses of the leader's first page."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.site.access import Action
from lingkar.site.leader.web import views

routes = [
    route("pimpinan/", views.page, name="page", needs=Action.LEAD),
    route("pimpinan/lingkar/", views.circle, name="circle", needs=Action.LEAD),
]
urlpatterns = [path("", include((routes, "leader")))]

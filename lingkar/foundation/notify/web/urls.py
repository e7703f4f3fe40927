"""Addresses of notifications and letters."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.foundation.notify.access import Action
from lingkar.foundation.notify.web import views

routes = [
    route("pemberitahuan/", views.inbox, name="inbox", signed_in=True),
    route("pemberitahuan/dibaca/", views.read_all, name="read_all", signed_in=True),
    route("pemberitahuan/<uuid:pk>/", views.opened, name="opened", signed_in=True),
    route("operator/pesan/", views.letters, name="letters", needs=Action.MANAGE_LETTERS),
    route("operator/pesan/<uuid:pk>/kirim/", views.send_again, name="send_again", needs=Action.MANAGE_LETTERS),
    route("operator/pesan/<uuid:pk>/batal/", views.drop, name="drop", needs=Action.MANAGE_LETTERS),
]
urlpatterns = [path("", include((routes, "notify")))]

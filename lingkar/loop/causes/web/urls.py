"""Addresses of causes."""

from lingkar.foundation.access.web import route
from lingkar.loop.causes.access import Action
from lingkar.loop.causes.web import pages

app_name = "causes"
urlpatterns = [
    route("petugas/akar-masalah/", pages.worklist, name="worklist", needs=Action.VIEW),
    route("petugas/kasus/<uuid:report>/akar-masalah/", pages.panel, name="panel", needs=Action.VIEW),
]

"""Addresses of causes."""

from lingkar.foundation.access.web import route
from lingkar.loop.causes.access import Action
from lingkar.loop.causes.web import offering, pages

app_name = "causes"
urlpatterns = [
    route("petugas/akar-masalah/", pages.worklist, name="worklist", needs=Action.VIEW),
    route("pelatihan/<slug:code>/kasus/", offering.choose, name="offer", needs=Action.OFFER),
    route("pelatihan/panel/kasus/<uuid:cohort>/", offering.panel, name="offered", needs=Action.OFFER),
    route("petugas/kasus/<uuid:report>/akar-masalah/", pages.panel, name="panel", needs=Action.VIEW),
]

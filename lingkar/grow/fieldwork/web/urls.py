"""Addresses of field studies."""

from lingkar.foundation.access.web import route
from lingkar.grow.fieldwork.web import guiding, offline, preparing, study, writing

BOOK = "lapangan/<uuid:participant>/"

app_name = "fieldwork"
urlpatterns = [
    route("lapangan/", study.mine, name="mine", signed_in=True),
    route("lapangan/luring/", offline.shell, name="offline", public=True),
    route("lapangan/kunci/", offline.token, name="token", signed_in=True),
    route(BOOK, writing.logbook, name="logbook", signed_in=True),
    route(f"{BOOK}kasus/", study.case, name="case", signed_in=True),
    route(f"{BOOK}proyek/", study.project, name="project", signed_in=True),
    route(f"{BOOK}ringkas/", study.panel, name="panel", signed_in=True),
    route("lapangan/foto/<uuid:photo>/", study.photo, name="photo", signed_in=True),
    route("lapangan/potret/<uuid:picture>/", study.picture, name="picture", signed_in=True),
    route("pelatihan/<slug:code>/komunitas/", preparing.community, name="community", signed_in=True),
    route("pelatihan/<slug:code>/kasus/tulis/", preparing.own_case, name="own_case", signed_in=True),
    route("pelatihan/panel/lapangan/<uuid:cohort>/", preparing.panel, name="prepared", signed_in=True),
    route("bimbingan/", guiding.inbox, name="inbox", signed_in=True),
    route("bimbingan/<uuid:entry>/", guiding.entry, name="entry", signed_in=True),
]

"""Addresses of competence."""

from lingkar.foundation.access.web import route
from lingkar.grow.competence.access import Action
from lingkar.grow.competence.web import views

app_name = "competence"
urlpatterns = [
    route("kompetensi/", views.dictionary, name="dictionary", signed_in=True),
    route("kompetensi/muat/", views.load, name="load", needs=Action.DICTIONARY),
    route("kompetensi/saya/", views.own, name="own", signed_in=True),
    route("kompetensi/saya/nilai/", views.say, name="say", signed_in=True),
    route("kompetensi/tim/", views.team, name="team", needs=Action.ASSESS),
    route("kompetensi/tim/<uuid:person>/", views.member, name="member", needs=Action.ASSESS),
    route("kompetensi/unit/", views.means, name="means", signed_in=True),
    route("pegawai/<uuid:person>/kompetensi/hasil/", views.measured, name="measured", needs=Action.MEASURE),
    route("pegawai/<uuid:person>/kompetensi/", views.panel, name="panel", signed_in=True),
]

"""Addresses of the survey."""

from lingkar.foundation.access.web import route
from lingkar.listen.surveys.access import Action
from lingkar.listen.surveys.web import office, rating, results

OFFICE = "petugas/skm/"

app_name = "surveys"
urlpatterns = [
    route("nilai/", rating.choose, name="choose", public=True),
    route("nilai/kasus/<str:ticket>/", rating.after_case, name="after_case", public=True),
    route("n/<slug:code>/", rating.rate, name="rate", public=True),
    route("n/<slug:code>/terima-kasih/", rating.thanks, name="thanks", public=True),
    route("n/<slug:code>/<slug:unit>/", rating.rate, name="at", public=True),
    route("skm/", results.listing, name="results", public=True),
    route("skm/<slug:code>/", results.one, name="result", public=True),
    route("skm/<slug:code>/ringkas/", results.panel, name="panel", public=True),
    route(OFFICE, office.counters, name="counters", needs=Action.COLLECT),
    route(f"{OFFICE}buka/", office.open_counter, name="open_counter", needs=Action.COLLECT),
    route(f"{OFFICE}<uuid:counter>/kertas/", office.paper, name="paper", needs=Action.COLLECT),
    route(f"{OFFICE}<uuid:counter>/lembar.pdf", office.sheet, name="sheet", needs=Action.COLLECT),
]

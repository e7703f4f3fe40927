"""Addresses of the search. What somebody finds is asked of each module, for whoever looks."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.site.search.access import Action
from lingkar.site.search.web import synonyms, views

SYNONYMS = "pengaturan/padanan/"

routes = [
    route("cari/", views.page, name="page", public=True),
    route("cari/saran/", views.suggestions, name="suggestions", public=True),
    route(SYNONYMS, synonyms.listing, name="synonyms", needs=Action.SYNONYMS),
    route(f"{SYNONYMS}baru/", synonyms.add, name="synonym_add", needs=Action.SYNONYMS),
    route(f"{SYNONYMS}<uuid:synonym>/", synonyms.change, name="synonym", needs=Action.SYNONYMS),
    route(f"{SYNONYMS}<uuid:synonym>/hapus/", synonyms.remove, name="synonym_remove", needs=Action.SYNONYMS),
]
urlpatterns = [path("", include((routes, "search")))]

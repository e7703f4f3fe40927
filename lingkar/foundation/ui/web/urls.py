"""Addresses that belong to no module: the language switch."""

from lingkar.foundation.access.web import route
from lingkar.foundation.ui.web import views
from lingkar.foundation.ui.web.gallery import gallery

urlpatterns = [
    route("bahasa/", views.choose_language, name="language", public=True),
    route("_galeri/", gallery, name="gallery", public=True),
]

"""Addresses that belong to no module."""

from lingkar.foundation.access.web import route
from lingkar.foundation.ui.web import views
from lingkar.foundation.ui.web.gallery import gallery

urlpatterns = [
    route("bahasa/", views.choose_language, name="language", public=True),
    route("kerja/", views.work, name="work", signed_in=True),
    route("luring/", views.offline, name="offline", public=True),
    route("sw.js", views.service_worker, name="service-worker", public=True),
    route("_galeri/", gallery, name="gallery", public=True),
]

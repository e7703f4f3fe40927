"""Addresses of services."""

from lingkar.directory.services.web import public
from lingkar.foundation.access.web import route

ONE = "layanan/<slug:code>/"

app_name = "services"
urlpatterns = [
    route("layanan/", public.catalogue, name="catalogue", public=True),
    route(ONE, public.service, name="service", public=True),
    route(f"{ONE}versi/<int:number>/", public.version, name="version", public=True),
    route(f"{ONE}poster.pdf", public.poster, name="poster", public=True),
    route(f"{ONE}kartu.pdf", public.card, name="card", public=True),
]

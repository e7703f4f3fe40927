"""Addresses of studies."""

from lingkar.foundation.access.web import route
from lingkar.loop.effect.access import Action
from lingkar.loop.effect.web import views

app_name = "effect"
urlpatterns = [
    route("dampak/", views.listing, name="studies", needs=Action.VIEW),
    route("dampak/daftar/", views.choose, name="choose", needs=Action.REGISTER),
    route("dampak/daftar/<slug:code>/", views.register, name="register", needs=Action.REGISTER),
    route("dampak/panel/<uuid:cohort>/", views.panel, name="panel", needs=Action.REGISTER),
    route("dampak/<uuid:study>/", views.study, name="study", needs=Action.VIEW),
]

"""Addresses of the operator."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.site.access import Action
from lingkar.site.operate.web import views

routes = [
    route("operator/", views.state, name="state", needs=Action.OPERATE),
    route("operator/isi/", views.inside, name="inside", needs=Action.OPERATE),
    route("operator/akun/", views.accounts, name="accounts", needs=Action.OPERATE),
    route("operator/periksa/", views.check, name="check", needs=Action.OPERATE),
    route("operator/pekerjaan/<int:job>/ulang/", views.retry, name="retry", needs=Action.OPERATE),
    route("operator/pekerjaan/<int:job>/buang/", views.discard, name="discard", needs=Action.OPERATE),
]
urlpatterns = [path("", include((routes, "operate")))]

"""Every address of the installation. Each route states who may call it."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.site import views

handler500 = "lingkar.foundation.ui.web.outage.failed"

urlpatterns = [
    route("", views.home, name="home", public=True),
    path("", include("lingkar.foundation.ui.web.urls")),
    path("", include("lingkar.foundation.parameters.web.urls")),
    path("", include("lingkar.foundation.calendar.web.urls")),
    path("", include("lingkar.foundation.notify.web.urls")),
    path("", include("lingkar.foundation.imports.web.urls")),
    path("", include("lingkar.directory.orgs.web.urls")),
    path("", include("lingkar.directory.people.web.urls")),
    path("", include("lingkar.directory.services.web.urls")),
    path("", include("lingkar.listen.reports.web.urls")),
    path("", include("lingkar.site.operate.web.urls")),
    path("", include("lingkar.site.search.web.urls")),
    path("", include("lingkar.site.leader.web.urls")),
]

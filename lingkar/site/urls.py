"""Every address of the installation. Each route states who may call it."""

from lingkar.foundation.access.web import route, routes_of
from lingkar.site import views

handler500 = "lingkar.foundation.ui.web.outage.failed"

urlpatterns = [
    route("", views.home, name="home", public=True),
    routes_of("lingkar.foundation.ui.web.urls"),
    routes_of("lingkar.foundation.parameters.web.urls"),
    routes_of("lingkar.foundation.calendar.web.urls"),
    routes_of("lingkar.foundation.notify.web.urls"),
    routes_of("lingkar.foundation.imports.web.urls"),
    routes_of("lingkar.directory.orgs.web.urls"),
    routes_of("lingkar.directory.people.web.urls"),
    routes_of("lingkar.directory.services.web.urls"),
    routes_of("lingkar.act.projects.web.urls"),
    routes_of("lingkar.grow.fieldwork.web.urls"),
    routes_of("lingkar.grow.courses.web.urls"),
    routes_of("lingkar.grow.exams.web.urls"),
    routes_of("lingkar.grow.competence.web.urls"),
    routes_of("lingkar.grow.credentials.web.urls"),
    routes_of("lingkar.grow.programmes.web.urls"),
    routes_of("lingkar.listen.reports.web.urls"),
    routes_of("lingkar.listen.surveys.web.urls"),
    routes_of("lingkar.loop.causes.web.urls"),
    routes_of("lingkar.loop.needs.web.urls"),
    routes_of("lingkar.loop.effect.web.urls"),
    routes_of("lingkar.loop.planning.web.urls"),
    routes_of("lingkar.loop.scoreboard.web.urls"),
    routes_of("lingkar.site.operate.web.urls"),
    routes_of("lingkar.site.search.web.urls"),
    routes_of("lingkar.site.leader.web.urls"),
    routes_of("lingkar.site.asn.web.urls"),
]

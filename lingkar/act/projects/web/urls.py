"""Addresses of projects."""

from lingkar.act.projects.web import acts, views, writing
from lingkar.foundation.access.web import route

ONE = "proyek/<uuid:project>/"

app_name = "projects"
urlpatterns = [
    route("proyek/", views.own, name="own", signed_in=True),
    route(ONE, views.one, name="one", signed_in=True),
    route(f"{ONE}tulis/", writing.write, name="write", signed_in=True),
    route(f"{ONE}nilai/<str:part>/", writing.review, name="review", signed_in=True),
    route("proyek/langkah/<uuid:step>/", writing.step, name="step", signed_in=True),
    route("proyek/bukti/<uuid:evidence>/", views.file, name="file", signed_in=True),
    *(route(f"{ONE}{name}/", acts.doing(name), name=f"act_{name}", signed_in=True) for name in acts.ACTS),
]

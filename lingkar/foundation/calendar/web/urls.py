"""Addresses of the calendar."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.foundation.calendar.access import Action
from lingkar.foundation.calendar.web import views

HERE = "pengaturan/kalender/"

routes = [
    route(HERE, views.year, name="year", needs=Action.EDIT),
    route(f"{HERE}tambah/", views.add_day, name="add_day", needs=Action.EDIT),
    route(f"{HERE}<int:pk>/", views.change_day, name="change_day", needs=Action.EDIT),
    route(f"{HERE}<int:pk>/hapus/", views.remove_day, name="remove_day", needs=Action.EDIT),
    route(f"{HERE}tahun/<int:year>/perbarui/", views.refresh, name="refresh", needs=Action.EDIT),
    route(f"{HERE}minggu/tambah/", views.add_week, name="add_week", needs=Action.EDIT),
    route(f"{HERE}minggu/<int:pk>/", views.change_week, name="change_week", needs=Action.EDIT),
    route(f"{HERE}minggu/<int:pk>/hapus/", views.remove_week, name="remove_week", needs=Action.EDIT),
]
urlpatterns = [path("", include((routes, "calendar")))]

"""Addresses of units and positions. Names of units are public; they change for those who manage them."""

from django.urls import include, path

from lingkar.directory.orgs.access import Action
from lingkar.directory.orgs.web import changes, positions, views
from lingkar.foundation.access.web import route

ONE = "unit/<slug:code>/"
POST = "jabatan/<uuid:position>/"

routes = [
    route("unit/", views.tree, name="tree", public=True),
    route(ONE, views.unit, name="unit", public=True),
    route("pengaturan/unit/tambah/", changes.add, name="add", needs=Action.MANAGE),
    route(f"{ONE}nama/", changes.rename, name="rename", needs=Action.MANAGE),
    route(f"{ONE}pindah/", changes.move, name="move", needs=Action.MANAGE),
    route(f"{ONE}gabung/", changes.merge, name="merge", needs=Action.MANAGE),
    route(f"{ONE}pecah/", changes.split, name="split", needs=Action.MANAGE),
    route(f"{ONE}akhiri/", changes.end, name="end", needs=Action.MANAGE),
    route(f"{ONE}urungkan/", changes.withdraw, name="withdraw", needs=Action.MANAGE),
    route(f"{ONE}jabatan/tambah/", positions.add, name="add_position", needs=Action.MANAGE),
    route(POST, positions.position, name="position", signed_in=True),
    route(f"{POST}ubah/", positions.change, name="change_position", needs=Action.MANAGE),
    route(f"{POST}kompetensi/", positions.profile, name="profile", needs=Action.MANAGE),
    route(f"{POST}akhiri/", positions.end, name="end_position", needs=Action.MANAGE),
]
urlpatterns = [path("", include((routes, "orgs")))]

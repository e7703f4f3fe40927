"""Addresses of services."""

from lingkar.directory.services.access import Action
from lingkar.directory.services.web import office, office_counts, office_staff, public
from lingkar.foundation.access.web import route

ONE = "layanan/<slug:code>/"
OFFICE = "pengaturan/layanan/"
DESK = f"{OFFICE}<uuid:service>/"
POST = f"{DESK}pelaksana/<uuid:position>/"

app_name = "services"
urlpatterns = [
    route("layanan/", public.catalogue, name="catalogue", public=True),
    route(ONE, public.service, name="service", public=True),
    route(f"{ONE}versi/<int:number>/", public.version, name="version", public=True),
    route(f"{ONE}poster.pdf", public.poster, name="poster", public=True),
    route(f"{ONE}kartu.pdf", public.card, name="card", public=True),
    route(OFFICE, office.listing, name="manage", needs=Action.MANAGE),
    route(f"{OFFICE}baru/", office.add, name="add", needs=Action.MANAGE),
    route(DESK, office.one, name="desk", needs=Action.MANAGE),
    route(f"{DESK}ubah/", office.edit, name="edit", needs=Action.MANAGE),
    route(f"{DESK}pratinjau/", office.preview, name="preview", needs=Action.MANAGE),
    route(f"{DESK}terbit/", office.publish, name="publish", needs=Action.MANAGE),
    route(f"{DESK}akhiri/", office.retire, name="retire", needs=Action.MANAGE),
    route(f"{DESK}buang/", office.drop, name="drop", needs=Action.MANAGE),
    route(f"{DESK}transaksi/", office_counts.transactions, name="transactions", needs=Action.MANAGE),
    route(f"{DESK}pelaksana/", office_staff.staff, name="staff", needs=Action.MANAGE),
    route(f"{POST}tambah/", office_staff.add, name="add_staff", needs=Action.MANAGE),
    route(f"{POST}lepas/", office_staff.remove, name="remove_staff", needs=Action.MANAGE),
    route("pengaturan/maklumat/", office_counts.pledges, name="pledges", needs=Action.MANAGE),
]

"""Addresses of those who answer. Which case somebody may touch is asked of each case."""

from lingkar.foundation.access.web import route
from lingkar.listen.reports.access import Action
from lingkar.listen.reports.web import office, office_categories, office_register
from lingkar.listen.reports.web.office_acts import ACTS

CASE = "petugas/kasus/<uuid:report>/"

urlpatterns = [
    route("petugas/", office.desk, name="desk", needs=Action.DESK),
    route("petugas/antrean/", office.queue, name="queue", needs=Action.DESK),
    route("petugas/laporan/", office_register.register, name="register", needs=Action.DESK),
    route(CASE, office.case, name="office_case", needs=Action.DESK),
    route(f"{CASE}pelapor/", office.contact, name="office_contact", needs=Action.DESK),
    *(route(f"{CASE}{name}/", office.doing(name), name=f"act_{name}", needs=Action.DESK) for name in ACTS),
    route("petugas/berkas/<uuid:attachment>/", office.file, name="office_file", needs=Action.DESK),
    route("pengaturan/kategori/", office_categories.listing, name="categories", needs=Action.CATEGORIES),
    route("pengaturan/kategori/baru/", office_categories.add, name="category_add", needs=Action.CATEGORIES),
    route("pengaturan/kategori/<uuid:category>/", office_categories.edit, name="category", needs=Action.CATEGORIES),
]

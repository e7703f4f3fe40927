"""Addresses of certificates and hours."""

from lingkar.foundation.access.web import route
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.web import office, own, public, records

OFFICE = "pelatihan/sertifikat/"

app_name = "credentials"
urlpatterns = [
    route("cek-sertifikat/", public.check, name="check", public=True),
    route("sertifikat/<str:code>/", public.verify, name="verify", public=True),
    route("sertifikat-saya/", own.certificates, name="own", signed_in=True),
    route("sertifikat-saya/<uuid:certificate>.pdf", own.document, name="document", signed_in=True),
    route("jp/", own.hours, name="hours", signed_in=True),
    route("pegawai/<uuid:person>/jp/", own.panel, name="panel", signed_in=True),
    route("pegawai/<uuid:person>/catatan/", records.record, name="record", needs=Action.CREDIT),
    route("pegawai/<uuid:person>/catatan/hapus/", records.take_back, name="take_back", needs=Action.CREDIT),
    route(OFFICE, office.listing, name="list", needs=Action.ISSUE),
    route(f"{OFFICE}<uuid:certificate>/", office.one, name="one", needs=Action.ISSUE),
    route(f"{OFFICE}cetak/<uuid:source>/", office.start, name="print", needs=Action.ISSUE),
    route(f"{OFFICE}bundel/<uuid:bundle>/", office.bundle, name="bundle", needs=Action.ISSUE),
    route(f"{OFFICE}bundel/berkas/<int:part>/", office.part, name="part", needs=Action.ISSUE),
]

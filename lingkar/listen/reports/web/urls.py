"""Addresses of reports."""

from django.urls import include, path, register_converter

from lingkar.foundation.access.web import route
from lingkar.listen.reports.web import citizen, public, tracking


class Token:
    """The token of a report that is being written: 22 letters that the first screen made."""

    regex = r"[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Key(Token):
    """What opens a case: a code, or ``s/`` and the signed link of a mail."""

    regex = r"(?:s/)?[^/]+"


register_converter(Token, "token")
register_converter(Key, "key")

app_name = "reports"
urlpatterns = [
    route("lapor/", citizen.start, name="start", public=True),
    route("l/<slug:code>/", citizen.start, name="about", public=True),
    route("lapor/<token:token>/", citizen.words, name="words", public=True),
    route("lapor/<token:token>/di-mana/", citizen.where, name="where", public=True),
    route("lapor/<token:token>/kirim/", citizen.check, name="check", public=True),
    route("lapor/<token:token>/terima/", citizen.receipt, name="receipt", public=True),
    route("lapor/<token:token>/foto/<uuid:photo>/", citizen.draft_photo, name="draft_photo", public=True),
    route("lacak/", tracking.track, name="track", public=True),
    route("lacak/<key:key>/", tracking.case, name="case", public=True),
    route("lacak/<key:key>/nilai/", tracking.rate, name="rate", public=True),
    route("lacak/<key:key>/buka-lagi/", tracking.reopen, name="reopen", public=True),
    route("lacak/<key:key>/berkas/<uuid:attachment>/", tracking.case_file, name="case_file", public=True),
    route("laporan/", public.published, name="public", public=True),
    route("laporan/layanan/<slug:code>/", public.of_service, name="of_service", public=True),
    route("laporan/terlambat/", public.overdue, name="overdue", public=True),
    route("laporan/<int:number>/", public.one, name="published", public=True),
    path("", include("lingkar.listen.reports.web.office_urls")),
]

"""A module's routes answer as ``path("", include(...))`` does: the same page, arguments and name, or none."""

from collections.abc import Sequence

import pytest
from django.urls import Resolver404, URLResolver, include, path, reverse
from django.urls.resolvers import RegexPattern

from lingkar.foundation.access.web import Routes
from lingkar.site.urls import urlpatterns

MODULES = [it.urlconf_module.__name__ for it in urlpatterns if isinstance(it, Routes)]
ADDRESSES = (
    "", "lapor", "lapor/", "laporan/", "laporan/7/", "petugas/antrean/", "pegawai/", "akun/masuk/", "sw.js", "kerja/",
    "lacak/abc/", "cari/", "tidak/ada/", "/", "kerja//", "petugas/kasus/00000000-0000-0000-0000-000000000001/",
)  # fmt: skip


def found(routes: URLResolver, address: str) -> object:
    try:
        match = routes.resolve(f"/{address}")
    except Resolver404:
        return None
    return match.view_name, match.kwargs, f"{match.func.__module__}.{match.func.__qualname__}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_leads_where_it_led(address):
    def root(patterns: Sequence[URLResolver]) -> URLResolver:
        return URLResolver(RegexPattern(r"^/"), patterns)

    plainly = [path("", include(name)) for name in MODULES]
    swiftly = [it for it in urlpatterns if isinstance(it, Routes)]
    assert found(root(swiftly), address) == found(root(plainly), address)


def test_a_module_is_not_asked_for_what_it_does_not_have():
    asked = [it.urlconf_module.__name__ for it in urlpatterns if isinstance(it, Routes) and _is_asked(it)]
    assert "lingkar.directory.people.web.urls" in asked
    assert len(asked) < len(MODULES) / 4
    assert reverse("people:people") == "/pegawai/"


def _is_asked(routes: Routes) -> bool:
    return routes._beginnings is None or "pegawai" in routes._beginnings

"""The citizen's pages, walked without a browser."""

from lingkar.listen.reports.models import Report


def test_walk(city, citizen):
    page = citizen.page("reports:start")
    form = page.markup.select("main form")[0].attrs["action"]
    page = citizen.send(form, {"text": "KTP saya belum jadi, hp 081234567890"})
    page = citizen.send(page.url, {"place": str(city.place.pk)})
    page = citizen.send(page.url, {"act": "send"})
    page = citizen.page(next(link for link in page.links() if "/lacak/" in link))
    assert Report.objects.count() == 1

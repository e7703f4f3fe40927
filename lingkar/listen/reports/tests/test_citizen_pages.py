"""The citizen's pages, walked without a browser."""
import pytest

from lingkar.listen.reports.models import Report


def test_walk(reporting, visitor):
    page = visitor.page("reports:start")
    form = page.markup.select("main form")[0].attrs["action"]
    page = visitor.send(form, {"text": "KTP saya belum jadi, hp 081234567890"})
    print(page.url)
    page = visitor.send(page.url, {"place": str(reporting.places["village"].pk)})
    print(page.url, page.text)
    page = visitor.send(page.url, {"act": "send"})
    print(page.url, page.text)
    assert Report.objects.count() == 1

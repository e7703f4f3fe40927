"""The form of an act is drawn when it is opened: as a page without JavaScript, else as a part of the page."""

import pytest

from lingkar.foundation.audit.models import AuditEntry
from lingkar.listen.reports.models import Entry

ASKED = "?aksi="


def test_only_the_next_act_is_drawn_and_the_others_are_links(office, as_role):
    report = office.send()
    url = office.url("office_case", report)
    page = as_role("officer").page(url)
    actions = [form.attrs.get("action") for form in page.markup.select("form[action*='/kasus/']")]
    assert actions == [office.url("act_terima", report)]
    assert {f"{url}{ASKED}{name}" for name in ("catat", "disposisi", "tayang")} <= set(page.links())


@pytest.mark.parametrize(("name", "field"), [("catat", "text"), ("disposisi", "to_unit"), ("kategori", "category")])
def test_a_link_opens_the_same_page_with_the_form_and_leads_there(office, as_role, name, field):
    report = office.send()
    page = as_role("officer").page(office.url("office_case", report) + ASKED + name)
    assert field in page.fields()
    assert len(page.markup.select("details[open] summary[autofocus]")) == 1
    assert "Terima dan kerjakan" in page.text
    part = as_role("officer").part(office.url("office_case", report) + ASKED + name)
    assert field in part.fields()
    assert "Terima dan kerjakan" not in part.text


def test_a_part_opened_on_an_older_page_is_told_of_the_change(office, as_role):
    report = office.send()
    other, browser = as_role("officer", None), as_role("officer")
    opener = browser.page(office.url("office_case", report)).markup.select("a[hx-get*='aksi=disposisi']")[0]
    other.send(office.url("act_terima", report), {"seen": 0})
    opened = browser.part(opener.attrs["hx-get"] or "").fields()
    assert opened["seen"] == "0"
    data = {"seen": opened["seen"], "to_unit": office.city.units["pupr"].pk, "note": "Bukan kami"}
    page = browser.send(office.url("act_disposisi", report), data, status=409)
    assert "Bukan kami" in page.text
    assert not Entry.objects.filter(report=report, kind="referred").exists()


def test_an_act_that_can_no_longer_be_done_says_so(office, as_role):
    report = office.send()
    browser = as_role("officer")
    url = office.url("office_case", report)
    browser.send(office.url("act_alihkan", report), {"seen": 0, "to_agency": "Imigrasi", "text": "Jalan Melati 3."})
    for page in (browser.part(f"{url}{ASKED}disposisi&seen=0"), browser.page(f"{url}{ASKED}disposisi")):
        assert "tidak dapat dilakukan lagi" in page.text


@pytest.mark.parametrize(
    "query", ["?aksi=zzz", "?aksi=%00", "?aksi=catat&seen=", "?aksi=segel&seen=9" + "9" * 4000, "?aksi=segel&seen=-1"]
)
def test_hostile_questions_are_harmless(office, as_role, query):
    report = office.send()
    url = office.url("office_case", report) + query
    as_role("officer").page(url)
    assert as_role("officer").get(url, headers={"HX-Request": "true"}).status_code == 200
    assert as_role("officer", "pupr").get(url, headers={"HX-Request": "true"}).status_code == 404


def test_a_refused_act_comes_back_open_with_its_words(office, as_role):
    report = office.send()
    data = {"seen": 0, "to_unit": "", "note": "Catatan disposisi saya"}
    page = as_role("officer").send(office.url("act_disposisi", report), data, status=422)
    assert "Catatan disposisi saya" in page.text
    assert len(page.markup.select("details[open] form")) == 1


def test_opening_a_form_of_a_sealed_case_is_no_second_look(office, as_role):
    report = office.send("petugas minta uang di loket")
    inspector, url = as_role("inspector", "inspektorat"), office.url("office_case", report)
    inspector.page(url)
    inspector.part(f"{url}{ASKED}buka-segel&seen=0")
    assert AuditEntry.objects.filter(verb="reports.sealed_viewed").count() == 1
    assert as_role("leader", None).get(f"{url}{ASKED}buka-segel").status_code == 404

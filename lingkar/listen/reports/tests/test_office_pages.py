"""The pages of those who answer, as a browser gets them."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from lingkar.directory.people.models import Role
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.foundation.ui.words import day
from lingkar.listen.reports import keys
from lingkar.listen.reports.models import Category, Entry, Report
from lingkar.listen.reports.rules import State
from lingkar.listen.reports.tests.office import Office, subjects_of
from tests.pages import Browser

PHONE = "081234567890"


def picture(name: str = "bukti.jpg", colour: str = "seagreen") -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def opens(browser, photo, query: str = "") -> bool:
    """Whether a photo of a case is handed out."""
    answer = browser.get(reverse("reports:office_file", args=[photo.pk]) + query)
    return answer.status_code == 200 and len(b"".join(answer.streaming_content)) > 0


def test_an_empty_queue_says_that_nothing_waits(office, as_role):
    page = as_role("officer").page("reports:queue")
    assert "Tidak ada yang menunggu Anda" in page.text


def test_the_most_urgent_promise_stands_on_top_and_overdue_is_said_in_words(office, as_role):
    office.send("Antrean KTP baru")
    office.send("Antrean KTP lama sekali", days_ago=40)
    page = as_role("officer").page("reports:queue")
    assert page.text.index("lama sekali") < page.text.index("KTP baru")
    assert "Terlambat" in page.text


def test_the_queue_shows_masked_words_only(office, as_role):
    office.send(f"Antrean KTP, hubungi {PHONE}")
    page = as_role("officer").page("reports:queue")
    assert PHONE not in page.html
    assert "[nomor telepon]" in page.text


@pytest.mark.parametrize("tab", ["open", "overdue", "waiting", "closed", "tidak-ada"])
def test_every_tab_answers(office, as_role, tab):
    office.send()
    as_role("officer").page(f"{reverse('reports:queue')}?tab={tab}")


def test_filters_narrow_and_are_remembered_but_searched_words_are_not(office, as_role):
    office.send("Antrean KTP di loket")
    browser = as_role("coordinator", None)
    page = browser.page(f"{reverse('reports:queue')}?unit={office.city.units['pupr'].pk}&q=loket")
    assert "Tidak ada yang cocok" in page.text
    back = browser.get(reverse("reports:queue"))
    assert "unit=" in back.headers["Location"]
    assert "q=" not in back.headers["Location"]
    browser.get(f"{reverse('reports:queue')}?semua")
    assert "di loket" in browser.page("reports:queue").text


def test_search_finds_words_and_numbers(office, as_role):
    report = office.send("Antrean KTP di loket")
    browser = as_role("officer")
    for words in ("loket", "antre", str(report.number), f"#{report.number}"):
        assert "di loket" in browser.page(f"{reverse('reports:queue')}?q={words.replace('#', '%23')}").text


def test_hostile_filters_are_harmless(office, as_role):
    browser = as_role("officer")
    for query in ("unit=x&kategori='--", "q=%00", "q=" + "a" * 5000, "halaman=-1", "halaman=zzz", "tab[]=1"):
        browser.page(f"{reverse('reports:queue')}?{query}")


def test_pages_of_a_long_queue(office, as_role):
    for number in range(27):
        office.send(f"Antrean KTP nomor {number}")
    browser = as_role("officer")
    first = browser.page("reports:queue")
    assert "Halaman 1 dari 2" in first.text
    assert browser.page(f"{reverse('reports:queue')}?halaman=2").html.count("data-href") == 0


def test_a_case_shows_the_full_words_and_its_history(office, as_role):
    report = office.send(f"Antrean KTP lama, hubungi {PHONE}", photos=[picture()])
    page = as_role("officer").page(office.url("office_case", report))
    assert PHONE in page.text
    assert "Terima dan kerjakan" in page.text
    photo = report.attachments.get()
    assert opens(as_role("officer"), photo)


def test_a_leader_reads_and_is_offered_nothing_to_do(office, as_role):
    report = office.send()
    page = as_role("leader", None).page(office.url("office_case", report))
    assert "Terima dan kerjakan" not in page.text
    assert as_role("leader", None).submit(office.url("act_terima", report), {"seen": 0}).status_code == 403
    assert as_role("leader", None).submit(office.url("act_balas", report), {}).status_code == 403


def test_a_case_walks_from_accept_to_proof(office, as_role):
    report = office.send()
    browser = as_role("officer")
    accepted = browser.send(office.url("act_terima", report), {"seen": 0})
    assert "Diterima" in accepted.text
    replied = browser.send(office.url("act_balas", report), {"seen": 1, "text": "Kami tambah satu loket."})
    assert "Kami tambah satu loket." in replied.text
    noted = browser.send(office.url("act_catat", report), {"note": uuid4(), "text": "Tanya Bu Ani."})
    assert "Tanya Bu Ani." in noted.text
    assert "Internal" in noted.text
    done = browser.send(
        office.url("act_selesai", report),
        {"seen": 2, "text": "Dua loket dibuka.", "proofs": [picture(), picture("2.jpg")]},
    )
    report.refresh_from_db()
    assert report.state == State.ANSWERED
    assert "Giliran pelapor" in done.text


def test_closing_without_proof_says_so_and_keeps_the_words(office, as_role):
    report = office.send()
    browser = as_role("officer")
    browser.send(office.url("act_terima", report), {"seen": 0})
    page = browser.send(office.url("act_selesai", report), {"seen": 1, "text": "Sudah beres."}, status=422)
    assert "hanya dapat diselesaikan dengan bukti" in page.text
    assert "Sudah beres." in page.text


def test_a_file_that_is_no_proof_is_refused_with_its_reason_and_asked_for_again(office, as_role):
    report = office.send()
    browser = as_role("officer")
    browser.send(office.url("act_terima", report), {"seen": 0})
    fake = SimpleUploadedFile("arsip.jpg", b"PK\x03\x04 not a photo", "image/jpeg")
    data = {"seen": 1, "text": "Beres.", "proofs": [picture("sah.jpg"), fake]}
    page = browser.send(office.url("act_selesai", report), data, status=422)
    assert "Pilih berkas Anda lagi" in page.text
    assert "sah.jpg, arsip.jpg" in page.text
    report.refresh_from_db()
    assert report.state == State.IN_PROGRESS
    assert not report.attachments.exists()


def test_a_stale_form_says_who_was_faster_and_keeps_words_and_names_of_files(office, as_role):
    report = office.send()
    first = as_role("officer")
    first.send(office.url("act_terima", report), {"seen": 0})
    second = as_role("officer", None)
    data = {"seen": 1, "text": "Jawaban saya.", "proofs": [picture("punya-saya.jpg")]}
    first.send(office.url("act_selesai", report), {"seen": 1, "text": "Lebih dulu.", "proofs": [picture()]})
    page = second.send(office.url("act_selesai", report), data, status=409)
    assert "Officer Dukcapil" in page.text
    assert "Jawaban saya." in page.text
    assert "punya-saya.jpg" in page.text
    assert Entry.objects.filter(report=report, kind="closed").count() == 1


def test_a_stale_form_can_be_sent_again_when_it_still_fits(office, as_role):
    report = office.send()
    browser, other = as_role("officer"), as_role("officer", None)
    browser.send(office.url("act_terima", report), {"seen": 0})
    stale = other.send(office.url("act_balas", report), {"seen": 0, "text": "Sedang kami cek."}, status=409)
    assert stale.fields()["seen"] == "1"
    other.send(office.url("act_balas", report), {"seen": 1, "text": "Sedang kami cek."})
    assert Entry.objects.filter(report=report, kind="reply").count() == 1


def test_a_double_tap_does_it_once_and_says_it_is_done(office, as_role):
    report = office.send()
    browser = as_role("officer")
    for _ in range(2):
        assert "Diterima" in browser.send(office.url("act_terima", report), {"seen": 0}).text
    assert Entry.objects.filter(report=report, kind="accepted").count() == 1


def test_a_double_tap_that_sends_the_case_away_does_not_end_in_not_found(office, as_role):
    report = office.send()
    browser = as_role("officer")
    data = {"seen": 0, "to_unit": office.city.units["pupr"].pk, "note": "Bukan kami"}
    for _ in range(2):
        assert "Sudah didisposisikan" in browser.send(office.url("act_disposisi", report), data).text
    assert Entry.objects.filter(report=report, kind="referred").count() == 1


def test_an_act_opened_as_a_page_leads_to_the_case(office, as_role):
    report = office.send()
    answer = as_role("officer").get(office.url("act_balas", report))
    assert answer.headers["Location"] == office.url("office_case", report)


@pytest.mark.parametrize(("act", "field"), [("act_disposisi", "to_unit"), ("act_kategori", "category")])
def test_ids_of_another_agency_do_not_exist(office, lain, as_role, at, act, field):
    with agency_scope(lain.agency.pk):
        subjects_of(lain, at)
        foreign = {"to_unit": lain.units["pupr"].pk, "category": Category.objects.get(code="jalan").pk}
    report = office.send()
    answer = as_role("officer").submit(office.url(act, report), {"seen": 0, field: foreign[field]})
    assert answer.status_code == 404


def test_a_case_of_another_agency_or_unit_does_not_exist(office, lain, as_role, at):
    with agency_scope(lain.agency.pk):
        subjects_of(lain, at)
        foreign = Office(lain, at).send()
    other_unit = office.send("Ada lubang di aspal")
    browser = as_role("officer")
    for report in (foreign, other_unit):
        assert browser.get(office.url("office_case", report)).status_code == 404
        assert browser.submit(office.url("act_terima", report), {"seen": 0}).status_code == 404
    assert browser.get(reverse("reports:office_case", args=[uuid4()])).status_code == 404


def test_a_sealed_case_is_out_of_sight_of_everybody_but_the_inspector(office, as_role):
    report = office.send(
        "Petugas loket KTP minta uang", photos=[picture()], reported_unit=office.city.units["dukcapil"].pk
    )
    photo = report.attachments.get()
    queue = reverse("reports:queue")
    for role, unit in (("officer", "dukcapil"), ("coordinator", None), ("leader", None)):
        browser = as_role(role, unit)
        for url in ("", "?tab=overdue", "?q=loket", f"?q={report.number}"):
            assert "minta uang" not in browser.page(f"{queue}{url}").text
        assert "Terbuka 0" in browser.page(queue).text
        assert browser.get(office.url("office_case", report)).status_code == 404
        assert not opens(browser, photo)
        assert browser.submit(office.url("act_balas", report), {"seen": 0, "text": "x"}).status_code == 404
        assert "minta uang" not in browser.page("reports:desk").text
    inspector = as_role("inspector", "inspektorat")
    assert "Disegel" in inspector.page(queue).text
    page = inspector.page(office.url("office_case", report))
    assert "Siapa yang membuka" in page.text
    assert "Inspector Inspektorat" in page.text
    assert opens(inspector, photo)


def test_the_register_takes_along_no_place_of_a_sealed_case_and_leaves_a_line(office, as_role):
    report = office.send("petugas minta uang di loket")
    Report.objects.filter(pk=report.pk).update(place=None, location_shown="di rumah pelapor Gang Kenari")
    answer = as_role("inspector", "inspektorat").get("/petugas/laporan/?unduh=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert f"{report.number};" in text
    assert "Gang Kenari" not in text
    assert AuditEntry.objects.filter(verb="sheets.list_taken").count() == 1


def test_a_photo_of_a_sealed_case_fetched_by_its_address_is_a_look(office, as_role):
    report = office.send("Petugas loket KTP minta uang", photos=[picture()])
    photo = report.attachments.get()
    looks = AuditEntry.objects.filter(verb="reports.sealed_file_viewed", subject_id=str(report.pk))
    inspector = as_role("inspector", "inspektorat")
    assert opens(inspector, photo, "?kecil")
    assert looks.count() == 1
    inspector.page(office.url("office_case", report))
    assert opens(inspector, photo, "?kecil")
    assert looks.count() == 1, "the small picture came with the page, whose own line stands"
    assert opens(inspector, photo)
    assert looks.count() == 2
    assert "4 kali" in inspector.page(office.url("office_case", report)).text


def test_an_inspector_opens_the_seal_to_a_unit_that_is_not_complained_of(office, as_role):
    report = office.send("Petugas minta uang", reported_unit=office.city.units["dukcapil"].pk)
    inspector = as_role("inspector", "inspektorat")
    blamed = {"seen": 0, "to_unit": office.city.units["pelayanan"].pk, "note": "Bukan pungli"}
    refused = inspector.send(office.url("act_buka-segel", report), blamed, status=422)
    assert "yang diadukan" in refused.text
    told = inspector.send(office.url("act_buka-segel", report), blamed | {"to_unit": office.city.units["pupr"].pk})
    assert "Segel dibuka" in told.text
    assert "Bukan pungli" in as_role("officer", "pupr").page(office.url("office_case", report)).text


def test_a_seal_put_on_by_mistake_can_be_undone(office, as_role):
    report = office.send()
    as_role("officer").send(office.url("act_segel", report), {"seen": 0})
    inspector = as_role("inspector", "inspektorat")
    data = {"seen": 1, "to_unit": office.city.units["dukcapil"].pk, "note": "Hanya antrean"}
    inspector.send(office.url("act_buka-segel", report), data)
    assert as_role("officer").get(office.url("office_case", report)).status_code == 200


@pytest.mark.parametrize("shared", [False, True])
def test_the_inspector_decides_whether_the_unit_may_see_the_contact_and_the_reporter_is_told(office, as_role, shared):
    report = office.send("Petugas minta uang", name="Siti", email="siti@contoh.id")
    inspector = as_role("inspector", "inspektorat")
    data = {"seen": 0, "to_unit": office.city.units["pupr"].pk, "note": "Hanya antrean"}
    inspector.send(office.url("act_buka-segel", report), data | ({"share_contact": "on"} if shared else {}))
    officer = as_role("officer", "pupr")
    page = officer.page(office.url("office_case", report))
    assert ("hanya untuk Inspektorat" in page.text) != shared
    assert officer.submit(office.url("office_contact", report), {}).status_code == (200 if shared else 403)
    assert AuditEntry.objects.filter(verb="reports.contact_viewed").count() == shared
    reporter = Browser().page(reverse("reports:case", args=[keys.code_for(office.tokens[report.pk])]))
    words = "unit boleh melihat kontak pelapor" if shared else "kontak pelapor tetap tersembunyi"
    assert words in reporter.text
    assert "Hanya antrean" not in reporter.text


def test_a_note_whose_answer_was_lost_is_sent_again_and_kept_once(office, as_role):
    report = office.send()
    browser = as_role("officer")
    form = {
        "note": browser.page(office.url("office_case", report) + "?aksi=catat").fields()["note"],
        "text": "Tanya gudang",
    }
    browser.send(office.url("act_catat", report), form)
    browser.send(office.url("act_catat", report), form | {"note": uuid4(), "text": "Gudang sudah menjawab"})
    page = browser.send(office.url("act_catat", report), form)
    assert page.text.count("Tanya gudang") == 1
    again = browser.send(office.url("act_catat", report), form | {"note": uuid4()})
    assert again.text.count("Tanya gudang") == 2, "the same words on purpose are another note"


def test_a_category_with_a_longer_promise_needs_a_reason_that_the_reporter_reads(office, as_role):
    report = office.send()
    before = report.due
    browser = as_role("officer")
    data = {"seen": 0, "category": Category.objects.get(code="pungli").pk}
    refused = browser.send(office.url("act_kategori", report), data, status=422)
    assert "Tulis alasannya: pelapor akan membacanya" in refused.text
    assert day(before) in refused.text
    report.refresh_from_db()
    assert report.due == before
    browser.send(office.url("act_kategori", report), data | {"reason": "Ini menyangkut pungutan"})
    report.refresh_from_db()
    assert report.due > before
    reporter = Browser().page(reverse("reports:case", args=[keys.code_for(office.tokens[report.pk])]))
    assert f"bergeser dari {day(before)} ke {day(report.due)}" in reporter.text
    assert "Ini menyangkut pungutan" in reporter.text


def test_the_contact_is_shown_once_on_request_and_each_look_is_recorded(office, as_role):
    report = office.send(name="Siti Aminah", email="siti@contoh.id")
    browser = as_role("officer")
    assert "siti@contoh.id" not in browser.page(office.url("office_case", report)).html
    shown = browser.send(office.url("office_contact", report), status=200)
    assert "siti@contoh.id" in shown.text
    assert "siti@contoh.id" not in browser.page(office.url("office_case", report)).html
    assert AuditEntry.objects.filter(verb="reports.contact_viewed").count() == 1


def test_publishing_shows_the_masked_words_first(office, as_role):
    report = office.send(f"Antrean KTP, hubungi {PHONE}")
    browser = as_role("officer")
    page = browser.page(office.url("office_case", report) + "?aksi=tayang")
    assert "Beginilah yang tampil" in page.text
    assert "Sudah tayang" in browser.send(office.url("act_tayang", report), {"seen": 0}).text
    assert "Sudah diturunkan" in browser.send(office.url("act_turunkan", report), {"seen": 1}).text


def test_handing_over_tells_which_agency_and_how_to_reach_it(office, as_role):
    report = office.send()
    data = {"seen": 0, "to_agency": "Imigrasi Teluk Kawung", "text": "Jalan Melati 3, Senin–Jumat 08.00–15.00."}
    page = as_role("officer").send(office.url("act_alihkan", report), data)
    assert "Imigrasi Teluk Kawung" in page.text


def test_the_desk_shows_the_one_next_thing(office, as_role):
    office.send("Antrean KTP baru")
    office.send("Antrean KTP lama sekali", days_ago=40)
    page = as_role("officer").page("reports:desk")
    assert "lama sekali" in page.text
    assert page.text.index("lama sekali") < page.text.index("Setelah itu") < page.text.index("KTP baru")


def test_work_begins_at_the_desk(office, as_role):
    for role in ("officer", "coordinator", "inspector"):
        assert as_role(role).get(reverse("work")).headers["Location"] == reverse("reports:desk")


def test_categories_are_listed_changed_and_added(office, as_role):
    browser = as_role("coordinator", None)
    assert "Jalan rusak" in browser.page("reports:categories").text
    jalan = Category.objects.get(code="jalan")
    data = {
        "name": "Jalan dan jembatan",
        "unit": office.city.units["pupr"].pk,
        "request_class": "complaint",
        "terms": "Lubang\nJEMBATAN putus\n\nlubang",
        "active": "on",
    }
    page = browser.send(reverse("reports:category", args=[jalan.pk]), data)
    assert "Jalan dan jembatan" in page.text
    jalan.refresh_from_db()
    assert jalan.terms == ["lubang", "jembatan putus"]
    browser.send("reports:category_add", data | {"name": "Sampah", "code": "sampah", "terms": "sampah"})
    assert Category.objects.get(code="sampah").terms == ["sampah"]
    taken = browser.send("reports:category_add", data | {"code": "sampah"}, status=422)
    assert taken.fields()["name"] == "Jalan dan jembatan"
    assert AuditEntry.objects.filter(verb="reports.category_changed").count() == 1


def test_a_category_cannot_lead_nowhere(office, lain, as_role, at):
    browser = as_role("coordinator", None)
    other = Category.objects.get(code="lainnya")
    data = {"name": "Lainnya", "unit": office.city.units["setda"].pk, "request_class": "complaint", "active": "on"}
    url = reverse("reports:category", args=[other.pk])
    assert "tetap dipakai" in browser.send(url, data | {"sensitive": "on"}, status=422).text
    assert "tetap dipakai" in browser.send(url, data | {"active": ""}, status=422).text
    assert browser.submit(url, data | {"unit": lain.units["pupr"].pk}).status_code == 404
    browser.send(url, data | {"unit": ""}, status=422)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INSPECTOR, Role.LEADER])
def test_only_coordinator_and_operator_change_categories(office, as_role, role):
    assert as_role(role).get(reverse("reports:categories")).status_code == 403


def test_a_list_is_counted_and_paged_only_so_far_and_says_so(office, as_role, monkeypatch):
    monkeypatch.setattr("lingkar.listen.reports.queries.cases.MOST_COUNTED", 26)
    for number in range(28):
        office.send(f"Antrean KTP nomor {number}")
    browser = as_role("officer")
    assert "Terbuka 26+" in browser.page("reports:queue").text
    last = browser.page(f"{reverse('reports:queue')}?halaman=2")
    assert "kasus pertama" in last.text
    assert last.html.count("Antrean KTP nomor") == 1

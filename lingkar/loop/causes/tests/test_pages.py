"""The panel on a case, and the worklist."""

from django.urls import reverse

from lingkar.foundation.ui.tasks import tasks
from lingkar.listen.reports import services as reports
from lingkar.loop.causes.models import Cause
from tests.loop import cohort


def url(case):
    return reverse("causes:panel", args=[case.pk])


def test_an_officer_says_why_a_case_arose(as_role, desk):
    case, officer = desk.closed("Petugas beda-beda soal syarat KTP, disuruh pulang"), as_role("officer")
    assert url(case) in officer.page(reverse("reports:office_case", args=[case.pk])).html
    part = officer.part(url(case)).text
    assert "Saran: Petugas tidak tahu atau tidak mampu: Pelayanan publik (100%)" in part
    assert "“beda-beda”" in part
    told = {"kind": "knowledge", "competency": "public_service", "note": "Belum dilatih"}
    officer.send(url(case), told)
    assert Cause.objects.get().kind == "knowledge"
    assert "Petugas tidak tahu atau tidak mampu: Pelayanan publik" in officer.part(url(case)).text


def test_without_scripts_it_is_a_page(as_role, desk):
    assert "Akar masalah kasus" in as_role("officer").page(url(desk.closed())).title


def test_what_does_not_fit_is_said_in_a_sentence(as_role, desk):
    case, officer = desk.closed(), as_role("officer")
    missing = officer.send(url(case), {"kind": "conduct"}, status=422)
    assert "Pilih kompetensi yang kurang pada petugas." in missing.text
    extra = officer.send(url(case), {"kind": "tool", "competency": "integrity"}, status=422)
    assert "Pelatihan tidak mengatasi sebab ini: kosongkan kompetensinya." in extra.text
    officer.send(url(case), {}, status=422)
    assert not Cause.objects.exists()


def test_an_open_case_waits(as_role, desk):
    assert "Diisi setelah kasus selesai" in as_role("officer").part(url(desk.send())).text


def test_a_leader_reads_and_does_not_write(as_role, desk):
    case, leader = desk.closed(), as_role("leader", None)
    assert "belum dicatat" in leader.part(url(case)).text
    assert leader.submit(url(case), {"kind": "tool"}).status_code == 403
    leader.page("/petugas/akar-masalah/")


def test_the_worklist_its_file_and_the_next_thing(as_role, desk):
    case, officer = desk.closed(), as_role("officer")
    assert f"Kasus {case.number}" in officer.page("/petugas/akar-masalah/").text
    assert b"Kependudukan" in b"".join(officer.get("/petugas/akar-masalah/?unduh=csv"))
    actor = desk.city.actor("officer")
    assert [task.href for task in tasks(actor, desk.at)] == ["/petugas/akar-masalah/"]
    desk.code(case)
    page = officer.page("/petugas/akar-masalah/").text
    assert "Setiap kasus selesai sudah ada akar masalahnya" in page
    assert tasks(actor, desk.at) == []


def test_another_units_case_is_not_there(as_role, desk):
    case = desk.closed()
    assert as_role("officer", "pupr").get(url(case)).status_code == 404


def test_the_training_office_chooses_cases_for_a_cohort(as_role, desk):
    case, made = desk.closed("Petugas KTP tidak tahu syarat"), cohort(desk.city, "satu")
    desk.code(case)
    by = desk.city.actor("officer", "dukcapil")
    reports.publish_report(report=case.pk, seen=desk.seen(case.pk), by=by, at=desk.at)
    browser = as_role("training", None)
    panel = f"/pelatihan/panel/kasus/{made.pk}/"
    assert panel in browser.page("/pelatihan/satu/").html
    assert "Belum ada kasus nyata" in browser.part(panel).text
    address = "/pelatihan/satu/kasus/"
    assert "Petugas KTP tidak tahu syarat" in browser.page(address).text
    for _ in range(2):
        assert "Peserta menemukannya" in browser.send(address, {"case": str(case.pk)}).text
    assert "Sudah ditawarkan" in browser.page(address).text
    assert "1 kasus nyata" in browser.part(panel).text
    assert "tidak lagi terbuka" in browser.send(address, {"case": "x"}).text
    assert "Tidak ada kasus yang sesuai" in browser.page(f"{address}?kompetensi=unity").text
    as_role("officer").page(address, status=403)

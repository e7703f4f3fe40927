"""The pages of a project, as its owner and its reviewers use them."""

import pytest

from lingkar.act.projects import services
from lingkar.act.projects.models import Project, Step
from lingkar.act.projects.tests.conftest import TODAY, proof
from tests.fixtures import NOW, signed_in

ROWS = {"step_1": "Tempel daftar syarat di loket", "due_1": "2026-06-20", "step_2": "", "due_2": ""}


@pytest.fixture
def browser(desk):
    return lambda name: signed_in(desk.person(name).account)


def test_a_project_from_plan_to_judgement_through_the_pages(desk, browser):
    item = desk.begin()
    rani, budi = browser("rani"), browser("budi")
    one = f"/proyek/{item.pk}/"
    assert "Proyek tanpa judul" in rani.page("/proyek/").text
    page = rani.send(f"{one}tulis/", {"title": "Satu lembar syarat", "issue": "i", "idea": "d", **ROWS})
    assert "Tempel daftar syarat di loket" in page.text
    rani.send(f"{one}ajukan/")
    assert "Setujui" in budi.page(one).text
    budi.send(f"{one}setujui/", {"words": "Silakan, mulai dari loket 1."})
    step = Step.objects.get()
    told = {"note": "Sudah ditempel di tiga loket.", "done_on": TODAY.isoformat(), "proofs": proof()}
    assert "Sudah ditempel" in rani.send(f"/proyek/langkah/{step.pk}/", told).text
    shown = rani.get(f"/proyek/bukti/{step.evidence.get().pk}/?kecil")
    assert (shown.status_code, shown.getvalue()[:2]) == (200, b"\xff\xd8")
    rani.send(f"{one}laporkan/", {"result": "Dari 14 bolak-balik menjadi 3 dalam sebulan."})
    for name, part in (("budi", "mentor"), ("cici", "coach"), ("dodi", "examiner")):
        marks = {"issue": "80", "idea": "85,5", "work": "90", "benefit": "70", "words": "Bermanfaat."}
        assert "81,38" in browser(name).send(f"{one}nilai/{part}/", marks).text
    assert rani.page(one).text.count("81,38") == 3


def test_what_is_missing_is_said_and_nothing_is_lost(desk, browser):
    item = desk.begin()
    rani, one = browser("rani"), f"/proyek/{item.pk}/"
    rani.send(f"{one}tulis/", {"title": "Judul", "issue": "", "idea": "", **ROWS})
    page = rani.send(f"{one}ajukan/", status=422)
    assert "Isu, Gagasan" in page.text
    page = rani.send(f"{one}tulis/", {"title": "Judul dua", "step_1": "Tanpa tanggal"}, status=422)
    assert page.fields()["title"] == "Judul dua"
    assert Project.objects.get().title == "Judul"


def test_an_older_tab_does_not_replace_newer_words_unread(desk, browser):
    item = desk.begin()
    rani, write = browser("rani"), f"/proyek/{item.pk}/tulis/"
    old = rani.page(write).fields()["seen"]
    rani.send(write, {"title": "Satu lembar syarat", "issue": "Baru", "idea": "d", **ROWS, "seen": old})
    page = rani.send(write, {"title": "Judul lama", "issue": "", "idea": "d", **ROWS, "seen": old}, status=422)
    assert "Ini sudah diubah setelah Anda membukanya" in page.text
    assert page.fields()["title"] == "Judul lama"
    stands = page.markup.select(".notice.warn")[0].to_text()
    assert "Satu lembar syarat" in stands
    assert "Baru" in stands
    assert Project.objects.get().title == "Satu lembar syarat"
    rani.send(write, {"title": "Judul lama", "issue": "", "idea": "d", **ROWS, "seen": page.fields()["seen"]})
    assert Project.objects.get().title == "Judul lama", "saved once more, knowingly"
    rani.send(write, {"title": "Judul lama", "issue": "", "idea": "d", **ROWS, "seen": old})


def test_an_older_tab_replaces_no_newer_judgement_or_step(desk, browser):
    item = desk.reported()
    marks = {"issue": "80", "idea": "85,5", "work": "90", "benefit": "70", "words": "Bermanfaat."}
    dodi, address = browser("dodi"), f"/proyek/{item.pk}/nilai/examiner/"
    old = dodi.page(address).fields()["seen"]
    dodi.send(address, marks | {"seen": old})
    page = dodi.send(address, marks | {"seen": old, "idea": "60", "words": "Kurang."}, status=422)
    assert "85,5" in page.markup.select(".notice.warn")[0].to_text()
    assert item.reviews.get().words == "Bermanfaat."


def test_a_step_of_an_older_tab_keeps_the_newer_note(desk, browser):
    item = desk.written()
    rani, budi = browser("rani"), browser("budi")
    rani.send(f"/proyek/{item.pk}/ajukan/")
    budi.send(f"/proyek/{item.pk}/setujui/", {"words": "Silakan."})
    step = Step.objects.filter(project=item).first()
    address = f"/proyek/langkah/{step.pk}/"
    old = rani.page(address).fields()["seen"]
    told = {"note": "Sudah ditempel.", "done_on": TODAY.isoformat(), "seen": old}
    rani.send(address, told)
    page = rani.send(address, told | {"note": "Belum."}, status=422)
    assert "Sudah ditempel." in page.text
    step.refresh_from_db()
    assert step.note == "Sudah ditempel."


def test_a_mark_of_101_is_answered_with_a_sentence(desk, browser):
    item = desk.reported()
    marks = {"issue": "101", "idea": "80", "work": "80", "benefit": "80", "words": "Baik sekali."}
    page = browser("dodi").send(f"/proyek/{item.pk}/nilai/examiner/", marks, status=422)
    assert "Nilai dari 0 sampai 100" in page.text
    assert page.fields()["words"] == "Baik sekali."


def test_an_act_that_came_too_late_says_so(desk, browser):
    item = desk.written()
    services.offer(project=item.pk, by=desk.actor("rani"), at=NOW)
    rani, one = browser("rani"), f"/proyek/{item.pk}/"
    assert "sudah berubah" in rani.send(f"{one}ajukan/", status=422).text
    assert rani.page(one).text
    assert rani.get(f"{one}tulis/").status_code == 302


def test_strangers_find_no_page(desk, browser):
    item = desk.reported()
    step = item.steps.get()
    addresses = (
        f"/proyek/{item.pk}/", f"/proyek/{item.pk}/tulis/", f"/proyek/langkah/{step.pk}/",
        f"/proyek/bukti/{step.evidence.get().pk}/", f"/proyek/{item.pk}/nilai/mentor/",
    )  # fmt: skip
    for address in addresses:
        assert browser("evi").get(address).status_code == 404
    assert browser("cici").get(f"/proyek/{item.pk}/nilai/mentor/").status_code == 403
    assert browser("cici").get(f"/proyek/{item.pk}/tulis/").status_code == 403
    assert browser("cici").submit(f"/proyek/{item.pk}/setujui/").status_code == 403


def test_every_state_has_its_page(desk, browser):
    for make in (desk.begin, desk.written, desk.agreed, desk.reported):
        item = make()
        browser("rani").page(f"/proyek/{item.pk}/")
        if make in (desk.agreed, desk.reported):  # a draft is read by nobody else
            browser("budi").page(f"/proyek/{item.pk}/")

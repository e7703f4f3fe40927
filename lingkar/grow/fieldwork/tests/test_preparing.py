"""The page on a community and a case in one's own words: written, looked at, published to one cohort."""

from uuid import uuid4

import pytest

from lingkar.directory.people.models import Role
from lingkar.foundation.access import Forbidden
from lingkar.foundation.refusals import Refused
from lingkar.grow.fieldwork import queries, rules, services
from lingkar.grow.fieldwork.models import CaseBrief, CommunityPicture, PictureOffer
from lingkar.grow.programmes import services as programmes
from lingkar.grow.programmes.services import NewDuty
from tests.fixtures import NOW, signed_in

FIGURES = "Penduduk = 4.312 jiwa (Profil kelurahan 2025)\nKepala keluarga = 1.101 KK (Profil kelurahan 2025)"
PAGE, CASE = "/pelatihan/pktbt-1/komunitas/", "/pelatihan/pktbt-1/kasus/tulis/"


@pytest.fixture
def teacher(field):
    """Evi, who teaches the cohort."""
    duty = NewDuty(field.people["evi"].pk, "trainer")
    programmes.add_duties(cohort=field.cohort.pk, duties=[duty], by=field.city.system, at=NOW)
    return field.browser("evi")


@pytest.fixture
def told(kota):
    return {
        "place": str(kota.places["village"].pk), "year": "2025", "social": FIGURES, "economic": "", "education": "",
        "lives": "Nelayan dan buruh harian. Ketua RT: 0812-9870-6666.", "says": "Air masuk tiap bulan purnama.",
    }  # fmt: skip


def test_who_teaches_looks_at_a_page_and_publishes_it_to_the_cohort(field, teacher, told):
    shown = teacher.send(PAGE, told | {"do": "look"}, status=200)
    assert "Begini peserta akan membacanya" in shown.text
    assert "4.312 jiwa" in shown.text
    assert not CommunityPicture.objects.exists(), "nothing is kept before it is published"
    teacher.send(PAGE, told | {"do": "publish"})
    picture = CommunityPicture.objects.get()
    assert "9870" not in picture.lives, "what is personal is masked before it is kept"
    assert "nomor telepon" in picture.lives
    book = field.browser("rani").page(f"/lapangan/{field.participant().pk}/")
    assert "Mulai dari sini: masyarakatnya" in book.text
    page = field.browser("rani").page(f"/lapangan/potret/{picture.pk}/")
    assert "Air masuk tiap bulan purnama." in page.text
    again = teacher.page(f"{PAGE}?potret={picture.pk}").fields()
    assert again["social"] == FIGURES


def test_an_older_tab_does_not_replace_a_newer_page_unread(teacher, told):
    """Also where no page stood when this one was opened."""
    old = teacher.page(PAGE).fields()["seen"]
    teacher.send(PAGE, told | {"do": "publish", "seen": old})
    page = teacher.send(PAGE, told | {"do": "publish", "seen": old, "says": "Air masuk tiap minggu."}, status=422)
    assert "Ini sudah diubah setelah Anda membukanya" in page.text
    stands = page.markup.select(".notice.warn")[0].to_text()
    assert "Air masuk tiap bulan purnama." in stands
    assert "Kelurahan" not in stands, "the village is the same"
    assert page.fields()["says"] == "Air masuk tiap minggu."
    assert CommunityPicture.objects.get().says == "Air masuk tiap bulan purnama."
    teacher.send(PAGE, page.fields() | told | {"do": "publish", "says": "Air masuk tiap minggu."})
    assert CommunityPicture.objects.get().says == "Air masuk tiap minggu."


@pytest.mark.parametrize("address", [PAGE, CASE])
def test_enter_in_what_was_looked_at_looks_again(teacher, told, address):
    """The first button of a form is the one that Enter presses."""
    told = told if address == PAGE else {"words": "Disuruh pulang tiga kali.", "happened_on": "2026-06-01"}
    shown = teacher.send(address, told | {"do": "look"}, status=200)
    buttons = [it.attrs.get("value") for it in shown.markup.select("main form button")]
    assert (buttons[0], "publish" in buttons) == ("look", True)


def test_a_case_is_masked_and_offered_to_this_cohort_alone(field, teacher, kota):
    words = {"words": "Bu Sari (0812-9870-6666) disuruh pulang tiga kali.", "happened_on": "2026-06-01"}
    shown = teacher.send(CASE, words | {"do": "look"}, status=200)
    quote = shown.markup.select("blockquote")[0].to_text()
    assert "disuruh pulang tiga kali" in quote
    assert "9870" not in quote
    assert not CaseBrief.objects.exists()
    for _tap in range(2):
        teacher.send(CASE, words | {"do": "publish", "place_name": "Pasar Lama"})
    case = CaseBrief.objects.get()
    assert "9870" not in case.words_shown
    assert case.offers.get().cohort_id == field.cohort.pk
    assert not queries.cases(kota.system, cohort=uuid4()).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"social": "Penduduk 4.312"}, "Baris ini tidak terbaca: “Penduduk 4.312”"),
        ({"social": ""}, "Tulis sedikitnya satu angka"),
        ({"place": str(uuid4())}, "Pilih kelurahan atau desa."),
        ({"year": "abc"}, ""),
        ({"lives": "a" * 2001}, ""),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_comes_back(teacher, told, change, sentence):
    page = teacher.send(PAGE, told | change | {"do": "publish", "voice": ""}, status=422)
    assert sentence in page.text
    assert page.fields()["says"] == told["says"]
    assert not CommunityPicture.objects.exists()


def test_a_day_to_come_is_refused(teacher):
    page = teacher.send(CASE, {"words": "Antre.", "happened_on": "2026-06-09", "do": "publish"}, status=422)
    assert "Hari itu belum tiba" in page.text
    assert page.fields()["words"] == "Antre."


def test_nobody_else_writes_what_a_cohort_begins_from(field, kota, told):
    for name in ("rani", "budi", "dodi"):  # a participant, a mentor, an examiner
        assert field.browser(name).get(PAGE).status_code == 403
        assert field.browser(name).submit(CASE, {"words": "x", "happened_on": "2026-06-01"}).status_code == 403
    assert signed_in(kota.holder(Role.LEADER, None)).get(PAGE).status_code == 404
    assert signed_in(kota.holder(Role.TRAINING, None)).get(PAGE).status_code == 200
    figures = rules.read_figures("social", FIGURES)
    with pytest.raises(Forbidden):
        services.paint_picture(
            place=kota.places["village"].pk, year=2025, figures=figures, cohort=field.cohort.pk,
            by=field.actor("budi"), at=NOW,
        )  # fmt: skip


def test_who_teaches_changes_no_page_that_others_read(field, teacher, told, kota):
    figures = rules.read_figures("social", FIGURES)
    village = kota.places["village"].pk
    services.paint_picture(place=village, year=2025, figures=figures, says="Lama.", by=kota.system, at=NOW)
    page = teacher.send(PAGE, told | {"do": "publish"}, status=422)
    assert "Halaman ini sudah dibaca angkatan lain." in page.text
    with pytest.raises(Refused, match="picture_of_others"):
        services.paint_picture(
            place=village, year=2025, figures=figures, cohort=field.cohort.pk, by=field.actor("evi"), at=NOW
        )
    assert CommunityPicture.objects.get().says == "Lama."
    assert not PictureOffer.objects.exists(), "what is for everybody stays so"

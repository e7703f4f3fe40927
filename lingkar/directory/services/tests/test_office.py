"""The pages of those who look after the catalogue."""

from datetime import date, timedelta

import pytest

from lingkar.directory.services import queries
from lingkar.directory.services.models import Service, Transactions
from lingkar.directory.services.tests.test_catalogue import TODAY, add, change, open_to_all
from tests.standards import WHOLE

pytestmark = pytest.mark.django_db
BASE = "/pengaturan/layanan/"


def typed(city, unit="pelayanan", **changes):
    """What somebody types into the form for a whole standard."""
    told = {name: getattr(WHOLE, name) for name in ("name", "summary", "need", "words", "time_note", "product")}
    told |= {name: getattr(WHOLE, name) for name in ("complaints", "facilities", "competence", "supervision")}
    told |= {name: getattr(WHOLE, name) for name in ("guarantee", "safety", "evaluation", "at_counter", "by_phone")}
    told |= {"requirements": "\r\n- ".join(WHOLE.requirements), "steps": "\n".join(WHOLE.steps)}
    told |= {"legal_basis": "\n".join(WHOLE.legal_basis), "working_days": "1", "cost": "0", "staff": "6"}
    told |= {f"hours_{day}": "08.00–12.00, 13.00–15.30" for day in range(1, 6)}
    return told | {"unit": str(city.units[unit].pk)} | changes


def address(item, page=""):
    return f"{BASE}{item.pk}/{page}"


def test_a_service_is_written_and_published(kota, as_role, visitor):
    browser = as_role("coordinator")
    page = browser.send(f"{BASE}baru/", typed(kota, code="KTP"))
    item = Service.objects.get()
    assert page.url == address(item)
    draft = queries.draft_of(item)
    assert draft is not None
    assert queries.standard_of(draft) == WHOLE
    visitor.page("/layanan/ktp/", status=404)
    page = browser.send(
        address(item, "terbit/"), {"valid_from": "2026-06-08", "reviewed_on": "2026-06-08", "seen": "0"}
    )
    assert "Berlaku, versi 1" in page.text
    visitor.page("/layanan/ktp/")


def test_what_is_missing_is_said_in_plain_words(kota, as_role):
    browser = as_role("coordinator")
    page = browser.send(f"{BASE}baru/", typed(kota, code="ktp", requirements="", staff=""))
    assert "belum ada, wajib sebelum terbit" in page.text
    item = Service.objects.get()
    day = {"valid_from": "2026-06-08", "reviewed_on": "2026-06-08", "seen": "0"}
    page = browser.send(address(item, "terbit/"), day, status=422)
    assert "Masih kurang dan dibutuhkan warga di loket: Yang perlu dibawa" in page.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hours_1": "pagi"}, "bukan jam"),
        ({"code": "!!!"}, "Gunakan huruf dan angka"),
        ({"online": "javascript:alert(1)"}, ""),
        ({"cost": "-1"}, ""),
        ({"steps": "\n".join(["x"] * 41)}, "Paling banyak 40 baris"),
        ({"unit": ""}, ""),
    ],
)
def test_a_form_that_is_not_right_comes_back_whole(kota, as_role, wrong, said):
    page = as_role("coordinator").send(f"{BASE}baru/", typed(kota, code="ktp") | wrong, status=422)
    assert said in page.text
    assert WHOLE.summary in page.html
    assert not Service.objects.exists()


def test_a_code_that_is_taken_is_told(kota, at, as_role):
    add(kota, at)
    as_role("operator", None).send(f"{BASE}baru/", typed(kota, code="KTP"), status=422)


def test_a_unit_of_others_is_refused(kota, as_role):
    answer = as_role("coordinator").submit(f"{BASE}baru/", typed(kota, unit="pupr", code="ktp"))
    assert answer.status_code == 403


def test_a_draft_stands_beside_what_holds(kota, at, as_role, visitor):
    item = open_to_all(kota, at)
    browser = as_role("coordinator")
    page = browser.send(address(item, "ubah/"), typed(kota, cost="25000", seen="0"))
    assert "Biaya dalam rupiah" in page.text
    assert "25.000" in page.text
    assert "Rp25.000" in browser.page(address(item, "pratinjau/")).text
    assert "Gratis" in visitor.page("/layanan/ktp/").text
    browser.send(address(item, "buang/"))
    assert queries.draft_of(item) is None


def test_of_two_who_write_at_once_the_second_keeps_the_words(kota, at, as_role):
    item = add(kota, at)
    browser = as_role("coordinator")
    browser.send(address(item, "ubah/"), typed(kota, seen="0"))
    page = browser.send(address(item, "ubah/"), typed(kota, seen="0", summary="Punya saya"), status=422)
    assert "Orang lain baru saja mengubah draf ini" in page.text
    assert "Punya saya" in page.html
    browser.send(address(item, "ubah/"), typed(kota, seen=page.fields()["seen"], summary="Punya saya"))
    assert queries.draft_of(item).summary == "Punya saya"


def test_a_review_that_is_due_warns_until_it_is_confirmed(kota, at, as_role):
    item = open_to_all(kota, at, day=date(2020, 1, 1))
    change(kota, at, item)  # a draft does not hide it
    browser = as_role("coordinator")
    Service.objects.filter(pk=item.pk).update(name="Lama")
    old = open_to_all(kota, at, code="kk")
    assert "Lama" in browser.page(BASE).text
    page = browser.send(address(old, "terbit/"), {"valid_from": "2026-06-09", "reviewed_on": "2026-06-08", "seen": "0"})
    assert "Versi 2" in page.text


def test_a_service_is_ended(kota, at, as_role, visitor):
    item = open_to_all(kota, at, day=date(2024, 1, 1))
    browser = as_role("coordinator")
    browser.send(address(item, "akhiri/"), {"last_day": "2020-01-01"}, status=422)
    page = browser.send(address(item, "akhiri/"), {"last_day": str(TODAY - timedelta(days=1))})
    assert "Berakhir 7 Juni 2026" in page.text
    visitor.page("/layanan/ktp/", status=410)


@pytest.mark.parametrize("state", ["published", "draft", "review", "ended", "incomplete", "x"])
def test_the_list_is_narrowed_by_state(kota, at, as_role, state):
    open_to_all(kota, at)
    add(kota, at, code="kk")
    found = [link for link in as_role("coordinator").page(f"{BASE}?keadaan={state}&q=k").links() if BASE in link]
    assert len([link for link in found if len(link) > len(BASE) + 20]) == {"published": 1, "draft": 1, "x": 2}.get(
        state, 0
    )


def test_the_list_holds_the_own_units_alone_and_can_be_taken_along(kota, at, as_role):
    open_to_all(kota, at)
    open_to_all(kota, at, code="jalan", unit="pupr")
    browser = as_role("coordinator")
    assert "jalan" not in browser.page(BASE).text
    taken = b"".join(browser.get(f"{BASE}?unduh=csv").streaming_content).decode()
    assert "ktp" in taken
    assert "jalan" not in taken


def test_transactions_are_typed_by_month(kota, at, as_role):
    item = open_to_all(kota, at)
    browser = as_role("coordinator")
    browser.send(address(item, "transaksi/"), {"2026-05": "120", "2026-04": ""})
    assert list(Transactions.objects.values_list("month", "count")) == [(date(2026, 5, 1), 120)]
    browser.send(address(item, "transaksi/"), {"2026-05": "-3"}, status=422)
    browser.send(address(item, "transaksi/"), {"2026-05": ""})
    assert not Transactions.objects.exists()


def test_a_pledge_is_published_for_the_own_unit(kota, as_role):
    browser = as_role("coordinator")
    given = {"statements": "Satu\nDua", "signer": "Drs. Contoh", "signer_title": "Kepala", "signed_on": "2026-06-01"}
    page = browser.send("/pengaturan/maklumat/", given | {"unit": str(kota.units["dukcapil"].pk)})
    assert "Drs. Contoh" in page.text
    browser.send("/pengaturan/maklumat/", given | {"unit": "", "statements": ""}, status=422)


def test_the_form_marks_what_is_needed_and_folds_what_may_follow(kota, as_role):
    page = as_role("coordinator").page(f"{BASE}baru/")
    assert "boleh dilewati" not in page.text
    assert page.text.count("(wajib)") == 1 + 9  # the sentence above, then the fields
    assert "Delapan komponen ini boleh menyusul" in page.text

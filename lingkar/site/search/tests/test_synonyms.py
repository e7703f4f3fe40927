"""What an agency calls things, on top of what Lingkar ships."""

import pytest

from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.search.queries import asked
from lingkar.foundation.search.rules import groups, joined
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.search.models import Synonym
from lingkar.site.search.rules import MOST_PHRASES
from tests.fixtures import signed_in

HERE = "/pengaturan/padanan/"
ASKED = "/cari/?q=rumah+nikah&jenis=unit"
FOUND = "Dinas Kependudukan"


@pytest.fixture
def operator(kota, as_role):
    return as_role("operator", None)


def test_a_group_is_added_changed_and_removed_and_the_search_takes_it_at_once(operator, visitor):
    assert FOUND not in visitor.page(ASKED).text
    page = operator.send(f"{HERE}baru/", {"phrases": "Rumah Nikah\nKependudukan"})
    assert "rumah nikah, kependudukan" in page.text
    assert FOUND in visitor.page(ASKED).text
    row = Synonym.objects.get()
    operator.send(f"{HERE}{row.pk}/", {"phrases": "kependudukan, urusan akta"})
    assert FOUND not in visitor.page(ASKED).text
    assert FOUND in visitor.page("/cari/?q=urusan+akta&jenis=unit").text
    assert "Belum ada padanan" in operator.send(f"{HERE}{row.pk}/hapus/").text
    assert FOUND not in visitor.page("/cari/?q=urusan+akta&jenis=unit").text
    verbs = AuditEntry.objects.filter(verb__startswith="search.synonym")
    assert sorted(row.verb.rpartition("_")[2] for row in verbs) == ["added", "changed", "removed"]
    assert "urusan" not in str(list(verbs.values()))


def test_the_own_words_join_the_shipped_ones():
    shipped = groups("ktp, kartu tanda penduduk\nakta, akte")
    assert joined(groups("katepe, ktp"), shipped)[0] == ("katepe", "ktp", "kartu tanda penduduk")
    both = joined(groups("katepe, ktp\nkartu, kartu tanda penduduk"), shipped)[0]
    assert set(both) == {"katepe", "ktp", "kartu", "kartu tanda penduduk"}
    assert joined((), shipped) == shipped


def test_another_agency_keeps_its_own_words(operator, lain):
    operator.send(f"{HERE}baru/", {"phrases": "rumah nikah\nkependudukan"})
    row = Synonym.objects.get()
    stranger = signed_in(lain.holder("operator", None))
    assert "rumah nikah" not in stranger.page(HERE).text
    for door in ("", "hapus/"):
        assert stranger.submit(f"{HERE}{row.pk}/{door}", {"phrases": "a b\nc d"}).status_code == 404
    with agency_scope(lain.agency.pk):
        assert not asked("rumah nikah").terms[0].others


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Masih ada|diisi"),
        ("ktp", "paling sedikit dua"),
        ("KTP\nktp", "paling sedikit dua"),
        ("<script>\n'; --\n&|!()", "paling sedikit dua"),
        ("a\nktp", "tidak dapat dipakai"),
        ("satu dua tiga empat lima enam\nktp", "tidak dapat dipakai"),
        ("x" * 61 + "\nktp", "tidak dapat dipakai"),
        ("\n".join(f"kata{n}" for n in range(MOST_PHRASES + 1)), "paling banyak"),
        ("k" * 5000, "2000|2.000"),
    ],
)
def test_what_is_no_group_is_refused_and_kept_on_the_page(operator, typed, said):
    page = operator.send(f"{HERE}baru/", {"phrases": typed}, status=422)
    assert any(words in page.text for words in said.split("|"))
    assert not Synonym.objects.exists()


def test_a_phrase_stands_in_one_group_only(operator):
    operator.send(f"{HERE}baru/", {"phrases": "katepe\nktp"})
    page = operator.send(f"{HERE}baru/", {"phrases": "KTP\nkartu biru"}, status=422)
    assert "sudah ada di kelompok lain: katepe, ktp" in page.text
    assert "kartu biru" in page.text


def test_hostile_words_reach_the_search_as_plain_words_only(operator, visitor):
    operator.send(f"{HERE}baru/", {"phrases": "it's & | ! <b>:*</b>\nkependudukan"})
    assert Synonym.objects.get().phrases == ["its b b", "kependudukan"]
    assert FOUND in visitor.page("/cari/?q=its+b+b&jenis=unit").text


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("operator", 200), ("officer", 403), ("leader", 403)]
)
def test_coordinator_and_operator_say_what_means_the_same(as_role, role, status):
    assert as_role(role, None).get(HERE).status_code == status


def test_the_list_can_be_taken_along(operator):
    operator.send(f"{HERE}baru/", {"phrases": "katepe\nktp"})
    answer = operator.get(f"{HERE}?unduh=csv")
    assert "katepe, ktp" in b"".join(answer.streaming_content).decode("utf-8-sig")

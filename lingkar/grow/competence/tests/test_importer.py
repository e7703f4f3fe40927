"""Measured assessments from a sheet, and one by one."""

from typing import Any

import pytest

from lingkar.foundation.imports.services import Direct, run_file
from lingkar.foundation.imports.telling import told_rows
from lingkar.grow.competence.models import Assessment, Competency
from tests.fixtures import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
HEAD = "NIP;Nama;Tanggal Asesmen;Integritas;Kerja Sama;Komunikasi;Perekat Bangsa\n"


@pytest.fixture
def sheet(tmp_path, kota, at):
    """What becomes of each line, and why."""

    def read(text, *, commits=False):
        path = tmp_path / "asesmen.csv"
        path.write_text(HEAD + text, encoding="utf-8")
        found: list[dict[str, Any]] = []
        wish = Direct("assessments", path, commits=commits, tell=lambda row: found.extend(told_rows(row)))
        run_file(wish=wish, by=kota.system, at=at)
        return [(row["outcome"], " ".join(reason["reason"] for reason in row["reasons"])) for row in found]

    return read


@pytest.fixture
def rini(employ):
    one = employ("Rini Lestari")
    one.kind, one.nip = "pns", "199008152015032001"
    one.save()
    return one


def test_levels_come_in_and_changes_are_shown(rini, sheet):
    assert sheet(f"{rini.nip};Rini;12-03-2026;3;2;;4\n", commits=True) == [("new", "")]
    assert dict(Assessment.objects.values_list("competency__code", "level")) == {
        "integrity": 3, "teamwork": 2, "unity": 4
    }  # fmt: skip
    assert sheet(f"{rini.nip};Rini;12-03-2026;3;2;;4\n") == [("same", "")]
    assert sheet(f"{rini.nip};Rini;12-03-2026;3;3;1;4\n", commits=True) == [("changed", "")]
    assert Assessment.objects.get(competency__code="teamwork").level == 3


def test_a_bad_line_says_what_is_wrong(rini, sheet):
    told = sheet(f"{rini.nip};Rini;12-03-2026;7;;;\n{rini.nip};Rini;13-03-2026;;;;\n{rini.nip};Rini;12-03-2199;1;;;\n")
    assert [outcome for outcome, _ in told] == ["refused"] * 3
    assert "Isi paling sedikit satu kompetensi" in told[1][1]
    assert "Tanggal ini belum tiba" in told[2][1]
    Competency.objects.all().delete()
    assert "Muat dulu" in sheet(f"{rini.nip};Rini;12-03-2026;3;;;\n")[0][1]


def test_the_training_administrator_writes_down_what_assessors_found(rini, as_role):
    browser, page = as_role("training", None), f"/pegawai/{rini.pk}/kompetensi/hasil/"
    browser.page(page)
    today = NOW.date().isoformat()
    browser.send(page, {"on": today}, status=422)
    browser.send(page, {"on": "2199-01-01", "integrity": "3"}, status=422)
    assert "sebagai hasil asesor" in browser.send(page, {"on": today, "integrity": "3"}).text
    assert Assessment.objects.get().kind == "measured"
    assert as_role("supervisor", "pelayanan").get(page).status_code == 403

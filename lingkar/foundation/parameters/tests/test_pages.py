"""The pages on which an operator sees and sets the numbers of law."""

from datetime import date
from decimal import Decimal

import pytest

from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.parameters import registry, services
from lingkar.foundation.parameters.models import Parameter
from lingkar.foundation.parameters.registry import spec
from tests.fixtures import NOW

SINCE = date(2018, 1, 1)


@pytest.fixture(autouse=True)
def _specs(monkeypatch, kota):
    monkeypatch.setattr(registry, "_SPECS", {})
    spec("reports.days", 14, int, "hari kerja", "Waktu jawab", "SP4N", SINCE, "Belum dicocokkan.", least=1, most=60)
    spec("reports.share", Decimal("0.5"), Decimal, "", "Ambang", "Kami", SINCE, least=0, most="1")
    spec("reports.open", True, bool, "", "Terbuka", "Kami", SINCE)
    spec("reports.reminders", (7, 14), tuple, "hari", "Pengingat", "Kami", SINCE, least=1)
    spec("reports.zone", "wib", str, "", "Zona", "Kami", SINCE, choices=("wib", "wita"))
    Parameter.objects.all().delete()
    services.seed(at=NOW)


@pytest.fixture
def operator(as_role):
    return as_role("operator", unit=None)


def new_value(operator, key="reports.days", status=302, **fields):
    data = {"value": "7", "valid_from": "2026-07-01", "source": "SK Bupati 12/2026"} | fields
    return operator.send(f"/pengaturan/parameter/{key}/", data, status=status)


def test_the_list_says_value_since_when_and_what_is_in_doubt(operator):
    page = operator.page("parameters:list")
    assert "14 hari kerja · sejak 1 Januari 2018" in page.text
    assert "Ya" in page.text
    assert "7, 14 hari" in page.text
    assert "1 nilai belum dicocokkan" in page.text


@pytest.mark.parametrize("key", ["days", "share", "open", "reminders", "zone"])
def test_every_kind_of_value_has_a_page(operator, key):
    assert "Riwayat" in operator.page(f"/pengaturan/parameter/reports.{key}/").text


def test_an_unknown_parameter_is_not_found(operator):
    operator.page("/pengaturan/parameter/reports.none/", status=404)


def test_a_new_value_is_saved_shown_and_audited(operator):
    page = new_value(operator)
    assert "berlaku mulai 1 Juli 2026" in page.text
    assert "Belum berlaku" in page.text
    assert "14 hari kerja" in page.text
    assert "Akan berubah" in operator.page("parameters:list").text
    assert AuditEntry.objects.filter(verb="parameters.changed").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "tujuh"}, "Tuliskan bilangan bulat"),
        ({"value": "0"}, "Nilai terkecil yang masuk akal di sini adalah 1"),
        ({"value": "61"}, "Nilai terbesar yang masuk akal di sini adalah 60"),
        ({"valid_from": "2026-06-07"}, "Nilai baru berlaku paling cepat hari ini"),
        ({"source": "   "}, "Sumber belum diisi."),
        ({"value": "2,0", "key": "reports.share"}, "Nilai terbesar yang masuk akal di sini adalah 1"),
        ({"value": "x", "key": "reports.reminders"}, "Tuliskan bilangan bulat"),
        ({"value": "9" * 600}, "500"),
    ],
)
def test_a_wrong_value_is_told_and_what_was_typed_stays(operator, fields, words):
    page = new_value(operator, status=200, **fields)
    assert words in page.text
    if "source" not in fields:
        assert page.fields()["source"] == "SK Bupati 12/2026"
    assert not Parameter.objects.exclude(agency=None).exists()


def test_yes_or_no_and_a_choice_are_set(operator):
    new_value(operator, "reports.open", value="tidak")
    new_value(operator, "reports.zone", value="wita")
    assert {row.value for row in Parameter.objects.exclude(agency=None)} == {False, "wita"}


def test_others_are_turned_away(as_role, visitor):
    for role in ("officer", "coordinator", "inspector", "leader", "member"):
        assert as_role(role).get("/pengaturan/parameter/").status_code == 403
        assert as_role(role).submit("/pengaturan/parameter/reports.days/", {"value": "1"}).status_code == 403
    assert visitor.get("/pengaturan/parameter/").status_code == 302


def test_an_operator_of_one_unit_cannot_set_what_holds_for_all(as_role):
    data = {"value": "7", "valid_from": "2026-07-01", "source": "SK"}
    assert as_role("operator").submit("/pengaturan/parameter/reports.days/", data).status_code == 403

"""The pages of certificates and hours, and what is printed."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest

from lingkar.foundation.refusals import Refused
from lingkar.grow.credentials import paper as printer
from lingkar.grow.credentials import queries, services
from lingkar.grow.credentials.models import Bundle, Certificate
from lingkar.grow.credentials.services import NewHours, printing
from lingkar.grow.credentials.tests.test_papers import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(kota, at, employ):
    one = employ("Siti Nurhaliza", account=kota.holder("member", None))
    row = paper(one, source="cohort", source_id=uuid4(), form="B3")
    return services.issue(rows=[row], by=kota.system, at=at)[0]


def test_anybody_checks_a_certificate(given, visitor):
    visitor.page("/cek-sertifikat/")
    page = visitor.send("/cek-sertifikat/", {"code": given.code.lower()})
    assert "Sertifikat ini asli dan berlaku" in page.text
    assert "Siti Nurhaliza" in page.text
    assert given.nip not in page.html
    visitor.send("/cek-sertifikat/", {"code": "xyz"}, status=422)
    assert "Kami tidak pernah menerbitkan" in visitor.page("/sertifikat/7F3K-9QTM-X2AB/", status=404).text


def test_one_changed_letter_is_seen(given, visitor):
    Certificate.objects.update(name="Siti Nurhalisa")
    page = visitor.page(f"/sertifikat/{given.code}/")
    assert "tidak lolos pemeriksaan" in page.text
    assert "Nurhalisa" not in page.text


def test_guessing_ends(given, visitor):
    for _ in range(20):
        assert visitor.get("/sertifikat/7F3K-9QTM-X2AB/").status_code == 404
    assert visitor.get("/sertifikat/7F3K-9QTM-X2AB/").status_code == 429


def test_who_issues_revokes_with_a_reason(given, as_role, visitor):
    browser = as_role("training", None)
    assert given.number in browser.page("/pelatihan/sertifikat/").text
    assert "Tidak ada sertifikat yang cocok" in browser.page("/pelatihan/sertifikat/?q=zzz").text
    one = f"/pelatihan/sertifikat/{given.pk}/"
    browser.page(one)
    browser.send(one, {"reason": "salah"}, status=422)
    assert "Dicabut pada" in browser.send(one, {"reason": "Nama peserta keliru."}).text
    page = visitor.page(f"/sertifikat/{given.code}/")
    assert "sudah dicabut" in page.text
    assert "Nama peserta keliru." in page.text
    assert as_role("supervisor").get("/pelatihan/sertifikat/").status_code == 403


def test_one_reads_and_prints_ones_own(given, as_role, kota):
    browser = as_role("member", None)
    assert given.number in browser.page("/sertifikat-saya/").text
    made = browser.get(f"/sertifikat-saya/{given.pk}.pdf")
    assert made.content.startswith(b"%PDF-")
    assert made["Content-Type"] == "application/pdf"
    assert as_role("supervisor", "pupr").get(f"/sertifikat-saya/{given.pk}.pdf").status_code == 404
    for address in ("/sertifikat-saya/", "/jp/"):
        assert "belum punya data pegawai" in as_role("officer").page(address).text


def test_making_papers_ends_for_one_person_and_not_for_their_hall(given, as_role):
    browser, nothing = as_role("member", None), f"/sertifikat-saya/{uuid4()}.pdf"
    for _each in range(12):
        assert browser.get(nothing).status_code == 404
    answer = browser.get(f"/sertifikat-saya/{given.pk}.pdf")
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    assert as_role("officer").get(nothing).status_code == 404, "the neighbour behind the same address"


def test_hours_and_points_of_oneself(given, as_role, kota, at):
    page = as_role("member", None).page("/jp/")
    assert "dari 20 JP: tercapai" in page.text
    assert "predikat SKP belum tercatat" in page.text
    assert "+17,5" in page.text
    more = NewHours(given.person_id, "C1", "Coaching", Decimal(3), date(2026, 5, 4))
    services.credit(rows=[more], by=kota.system, at=at)
    services.rate(person=given.person_id, year=2025, predicate="good", by=kota.system, at=at)
    page = as_role("member", None).page("/jp/")
    assert "6 JP sebelum batas tabel" in page.text
    assert "67,5" in page.text
    assert "Belum ada catatan" in as_role("member", None).page("/jp/?tahun=2024").text
    seen = f"/pegawai/{given.person_id}/jp/"
    assert "67,5" in as_role("supervisor").page(seen).text
    assert "Hanya orangnya" in as_role("supervisor", "pupr").page(seen).text


def test_many_are_printed_in_parts_with_progress(kota, at, employ, as_role, monkeypatch):
    monkeypatch.setattr("lingkar.grow.credentials.services.printing.AT_ONCE", 2)
    cohort = uuid4()
    rows = [paper(employ(f"Orang {n}"), source="cohort", source_id=cohort) for n in range(5)]
    by = kota.actor("training", None)
    services.issue(rows=rows, by=by, at=at)
    with pytest.raises(Refused, match="nothing_to_print"):
        services.render(source=uuid4(), base="https://kota.example/", by=by, at=at)
    browser = as_role("training", None)
    page = browser.send(f"/pelatihan/sertifikat/cetak/{cohort}/")
    assert "0 dari 5 sertifikat tercetak" in page.text
    made = Bundle.objects.get()
    assert services.print_next(bundle=made.pk, by=kota.system, at=at)
    assert services.render(source=cohort, base="x", by=by, at=at).pk == made.pk  # one is at work already
    assert "2 dari 5" in browser.page(f"/pelatihan/sertifikat/bundel/{made.pk}/").text
    while services.print_next(bundle=made.pk, by=kota.system, at=at):
        pass
    page = browser.page(f"/pelatihan/sertifikat/bundel/{made.pk}/")
    assert "5 dari 5 sertifikat tercetak" in page.text
    parts = queries.bundle_of(by, made.pk).parts.order_by("first")
    assert [(part.first, part.last) for part in parts] == [(1, 2), (3, 4), (5, 5)]
    content = b"".join(browser.get(f"/pelatihan/sertifikat/bundel/berkas/{parts[0].pk}/").streaming_content)
    assert content.startswith(b"%PDF-")


def test_one_revoked_while_many_are_printed_leaves_out_nobody_else(kota, at, employ, monkeypatch):
    monkeypatch.setattr(printing, "AT_ONCE", 2)
    drawn: list[Certificate] = []

    def printed(part, **words):
        drawn.extend(part)
        return printer.printed(part, **words)

    monkeypatch.setattr(printing, "paper", SimpleNamespace(printed=printed))
    cohort, by = uuid4(), kota.actor("training", None)
    rows = [paper(employ(f"Orang {n}"), source="cohort", source_id=cohort) for n in range(5)]
    made = sorted(services.issue(rows=rows, by=by, at=at), key=lambda one: one.number)
    bundle = services.render(source=cohort, base="x", by=by, at=at)
    services.print_next(bundle=bundle.pk, by=kota.system, at=at)
    for gone in (made[0], made[3]):
        services.revoke(certificate=gone.pk, reason="Salah nama", by=by, at=at + timedelta(minutes=1))
    while services.print_next(bundle=bundle.pk, by=kota.system, at=at + timedelta(minutes=2)):
        pass
    assert [one.number for one in drawn] == [made[n].number for n in (0, 1, 2, 4)]

"""Certificates: numbered without gaps, signed, verified, revoked."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.credentials import queries, services
from lingkar.grow.credentials.models import Certificate, JpEntry, SigningKey
from lingkar.grow.credentials.rules import papers
from lingkar.grow.credentials.services import NewCertificate

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)


def paper(person, **given):
    told = {
        "person": person.pk, "title": "Pelatihan Pelayanan Publik", "jp": Decimal(44),
        "subjects": [("Tata naskah dinas", Decimal(20)), ("Pelayanan di loket", Decimal(24))],
        "first_day": date(2026, 6, 1), "last_day": date(2026, 6, 5), "signer": "Sri Handayani",
        "signer_title": "Kepala BKPSDM",
    }  # fmt: skip
    return NewCertificate(**told | given)


def issue(kota, at, *rows):
    return services.issue(rows=rows, by=kota.actor("training", None), at=at)


def test_numbers_have_no_gaps_even_when_an_issue_fails(kota, at, employ):
    one, two = employ("Satu"), employ("Dua")
    assert [row.number for row in issue(kota, at, paper(one))] == ["00001/SERT/2026"]
    with pytest.raises(Refused, match="days_unusable"):
        issue(kota, at, paper(two), paper(one, last_day=date(2027, 1, 1)))
    with pytest.raises(RuntimeError), transaction.atomic():
        issue(kota, at, paper(two))
        raise RuntimeError
    found = issue(kota, at, paper(one), paper(two, kind="statement"))
    assert [row.number for row in found] == ["00002/SERT/2026", "00003/SKET/2026"]


def test_one_for_each_source_and_its_hours_are_credited_once(kota, at, employ):
    one, cohort = employ(), uuid4()
    row = paper(one, source="cohort", source_id=cohort, form="B3")
    first, again = issue(kota, at, row)[0], issue(kota, at, row, row)
    assert [found.pk for found in again] == [first.pk, first.pk]
    assert Certificate.objects.count() == 1
    assert JpEntry.objects.get().jp == 44
    assert JpEntry.objects.get().certificate_id == first.pk
    assert queries.given_for(cohort)[one.pk].number == first.number


def test_what_was_issued_verifies_as_typed(kota, at, employ):
    row = issue(kota, at, paper(employ()))[0]
    for typed in (row.code, row.code.lower(), row.code.replace("-", " ")):
        found = queries.verify(typed)
        assert (found.state, found.certificate.pk) == ("valid", row.pk)
    assert queries.verify("7F3K-9QTM-X2AB") is None
    assert queries.verify("") is None


@pytest.mark.parametrize("field", papers.SIGNED)
def test_one_changed_word_does_not_verify(kota, at, employ, field):
    row = issue(kota, at, paper(employ()))[0]
    if field == "code":  # the address of another certificate shows nothing of this one
        Certificate.objects.update(code="AAAA-AAAA-AAAA")
        assert queries.verify("AAAA-AAAA-AAAA").state == "altered"
        return
    changed = {
        "jp": Decimal(45), "subjects": [["Tata naskah dinas", "21.00"]], "first_day": date(2026, 6, 2),
        "last_day": date(2026, 6, 6), "issued_on": date(2026, 6, 9), "kind": "statement", "nip": "1" * 18,
    }  # fmt: skip
    Certificate.objects.update(**{field: changed.get(field, f"{getattr(row, field)}.")})
    assert queries.verify(row.code).state == "altered"


def test_a_changed_signature_or_another_key_does_not_verify(kota, at, employ):
    row = issue(kota, at, paper(employ()))[0]
    byte = bytes([row.signature[0] ^ 1]) + row.signature[1:]
    Certificate.objects.update(signature=byte)
    assert queries.verify(row.code).state == "altered"
    Certificate.objects.update(signature=row.signature)
    assert queries.verify(row.code).state == "valid"
    SigningKey.objects.update(public=b"\x01" * 32)
    assert queries.verify(row.code).state == "altered"


def test_after_the_secret_of_the_installation_changed_old_certificates_still_verify(kota, at, employ, settings):
    one = employ()
    old = issue(kota, at, paper(one))[0]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret " * 4, []
    new = issue(kota, at, paper(one))[0]
    assert SigningKey.objects.count() == 2
    assert {queries.verify(row.code).state for row in (old, new)} == {"valid"}


def test_the_private_key_is_encrypted(kota, at, employ):
    issue(kota, at, paper(employ()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT private FROM credentials_signingkey")
        assert bytes(cursor.fetchone()[0]).startswith(b"gAAAA")  # a Fernet token


def test_a_revoked_one_says_so_and_keeps_its_number(kota, at, employ):
    row = issue(kota, at, paper(employ()))[0]
    by = kota.actor("training", None)
    with pytest.raises(Refused, match="reason_missing"):
        services.revoke(certificate=row.pk, reason="salah", by=by, at=at)
    services.revoke(certificate=row.pk, reason="Nama peserta keliru.", by=by, at=at)
    services.revoke(certificate=row.pk, reason="Sekali lagi dicabut.", by=by, at=at)
    found = queries.verify(row.code)
    assert (found.state, found.certificate.reason) == ("revoked", "Nama peserta keliru.")


def test_who_may_issue_and_who_sees(kota, lain, at, employ):
    own = employ("Saya", account=kota.holder("member", None))
    row, other = issue(kota, at, paper(own), paper(employ("Lain")))
    for role in ("supervisor", "leader", "member"):
        with pytest.raises(Forbidden):
            services.issue(rows=[paper(own)], by=kota.actor(role, None), at=at)
    by = kota.actor("member", None)
    assert queries.certificate_seen_by(by, row.pk).pk == row.pk
    with pytest.raises(Unseen):
        queries.certificate_seen_by(by, other.pk)
    with pytest.raises(Forbidden):
        services.revoke(certificate=row.pk, reason="Bukan hak saya.", by=by, at=at)
    with pytest.raises(Forbidden):
        queries.issued(by)
    assert len(queries.issued(kota.actor("training", None))) == 2
    with agency_scope(lain.agency.pk):
        assert queries.verify(row.code) is None
        with pytest.raises(Refused, match="nobody"):
            services.issue(rows=[paper(own)], by=lain.system, at=at)


def test_who_issues_for_one_office_alone_opens_no_certificate_of_others(kota, at, employ):
    (row,) = issue(kota, at, paper(employ()))
    assert queries.certificate_seen_by(kota.actor("training", None), row.pk) == row
    with pytest.raises(Unseen):
        queries.certificate_seen_by(kota.actor("training", "pupr"), row.pk)

"""Give certificates and take them back."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lingkar.directory.people import queries as people
from lingkar.foundation import access as house
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.privacy.codes import code_from
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.grow.credentials import access
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.events import CertificateRevoked
from lingkar.grow.credentials.models import Certificate, CertificateSeries
from lingkar.grow.credentials.rules import papers
from lingkar.grow.credentials.rules.papers import NewCertificate
from lingkar.grow.credentials.services.hours import NewHours, credit
from lingkar.grow.credentials.signing import Signer

if TYPE_CHECKING:
    from lingkar.directory.people.models import Person

BATCH = 1_000


@transaction.atomic
def issue(*, rows: Iterable[NewCertificate], by: Actor, at: datetime) -> list[Certificate]:
    """Give certificates, numbered without gaps and signed, in the order of ``rows``; all or none, one audit line.

    Whoever has one for the same ``source`` and ``source_id`` keeps it: that one is returned, nothing is doubled.
    A row with a ``form`` credits its hours, too. Refused: ``credentials.nobody``, ``words_missing``,
    ``days_unusable``, ``amount_unusable``, ``too_many_subjects``, ``subjects_exceed``.
    """
    access.demand(by, Action.ISSUE)
    wanted, today = list(rows), timezone.localdate(at)
    for row in wanted:
        papers.check(row, today=today)
    persons = _persons(wanted)
    last = _series(by.agency, today.year)  # locks: two who issue at once wait for each other
    held = _held(wanted)
    fresh = _fresh(wanted, held)
    signer = Signer(by.agency, at=at) if fresh else None
    made = [_paper(row, persons[row.person], n, by, at, signer) for n, row in enumerate(fresh, start=last + 1)]
    Certificate.objects.bulk_create(made, batch_size=BATCH)
    if made:
        CertificateSeries.objects.filter(agency=by.agency, year=today.year).update(last=F("last") + len(made))
        record(by, "credentials.issued", Agency(pk=by.agency), at=at, count=len(made), last=made[-1].number)
        _credited(fresh, made, by, at)
    by_key = held | {_key(row): paper for row, paper in zip(fresh, made, strict=True)}
    return [by_key[_key(row)] for row in wanted]


def _key(row: NewCertificate) -> tuple[Any, ...]:
    """What makes a row the same as another one."""
    if row.source_id is None:
        return (id(row),)
    return row.person, row.source, row.source_id


def _fresh(rows: Sequence[NewCertificate], held: dict[tuple[Any, ...], Certificate]) -> list[NewCertificate]:
    """The rows without a certificate, each of them once."""
    return list({_key(row): row for row in rows if _key(row) not in held}.values())


def _persons(rows: Sequence[NewCertificate]) -> "dict[UUID, Person]":
    persons = people.serving().in_bulk({row.person for row in rows})
    for row in rows:
        if row.person not in persons:
            raise Refused("credentials.nobody", person=row.person)
    return persons


def _held(rows: Sequence[NewCertificate]) -> dict[tuple[Any, ...], Certificate]:
    sources = {row.source_id for row in rows if row.source_id}
    found = Certificate.objects.filter(source_id__in=sources, revoked_at=None) if sources else ()
    return {(row.person_id, row.source, row.source_id): row for row in found}


def _series(agency: UUID, year: int) -> int:
    CertificateSeries.objects.get_or_create(agency_id=agency, year=year)
    return int(CertificateSeries.objects.select_for_update().get(agency=agency, year=year).last)


def _paper(
    row: NewCertificate, person: "Person", serial: int, by: Actor, at: datetime, signer: Signer | None
) -> Certificate:
    assert signer is not None  # noqa: S101  # made where there is something to sign
    today = timezone.localdate(at)
    facts: dict[str, Any] = {
        "kind": row.kind,
        "number": papers.number_of(serial, today.year, row.kind),
        "code": code_from(settings.SECRET_KEY, "certificate", secrets.token_hex(16)),
        "name": person.name,
        "nip": person.nip or "",
        "title": row.title.strip(),
        "jp": row.jp,
        "subjects": [[name, f"{jp:.2f}"] for name, jp in row.subjects],
        "first_day": row.first_day,
        "last_day": row.last_day,
        "predicate": row.predicate,
        "issued_on": today,
        "signer": row.signer.strip(),
        "signer_title": row.signer_title.strip(),
    }
    return Certificate(
        agency_id=by.agency,
        person=person,
        source=row.source,
        source_id=row.source_id,
        key=signer.key,
        signature=signer.sign(papers.words_of(facts)),
        issued_by=by.person,
        **facts,
    )


def _credited(rows: Sequence[NewCertificate], made: Sequence[Certificate], by: Actor, at: datetime) -> None:
    hours = [
        NewHours(
            person=row.person, form=row.form, title=row.title, amount=row.jp, on=row.last_day,
            days=(row.last_day - row.first_day).days + 1, source=row.source or "certificate",
            source_id=row.source_id or paper.pk, certificate=paper.pk,
        )
        for row, paper in zip(rows, made, strict=True)
        if row.form and row.jp
    ]  # fmt: skip
    if hours:
        credit(rows=hours, by=by, at=at)


@transaction.atomic
def revoke(*, certificate: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Take a certificate back: it stays, and its page says since when it does not hold any more and why.

    Its hours stay in the ledger until somebody decides about them. A second time changes nothing. Refused:
    ``credentials.reason_missing``.
    """
    row = house.fetch(access.CERTIFICATES, by, certificate, Action.ISSUE, lock=True)
    papers.check_reason(reason)
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by, row.reason = at, by.person, reason.strip()
    row.save(update_fields=["revoked_at", "revoked_by", "reason"])
    record(by, "credentials.revoked", row, at=at, number=row.number)
    publish(CertificateRevoked(agency=by.agency, certificate=row.pk, person=row.person_id, at=at))

"""Certificates: whether one is true, whose they are, and what is being printed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.privacy.codes import normal_code
from lingkar.foundation.tenancy.plain import plain
from lingkar.grow.credentials import access
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.models import Bundle, BundlePart, Certificate
from lingkar.grow.credentials.rules import papers
from lingkar.grow.credentials.signing import is_signed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lingkar.foundation.files.models import StoredFile


class State(StrEnum):
    """What a verification finds."""

    VALID = "valid"
    REVOKED = "revoked"
    ALTERED = "altered"


@dataclass(frozen=True)
class Verified:
    """A certificate that exists, and whether it holds. Of an altered one nothing may be believed."""

    state: State
    certificate: Certificate


def verify(code: str) -> Verified | None:
    """Whether the certificate with this code (as somebody typed it) is true; nothing where there is none.

    The signature is computed anew over every word of the row: one changed letter, and it is ``altered``.
    """
    row = Certificate.objects.select_related("key").filter(code=normal_code(code) or "-").first()
    if row is None:
        return None
    if not is_signed(row.key.public, row.signature, papers.words_of(vars(row))):
        return Verified(State.ALTERED, row)
    return Verified(State.REVOKED if row.revoked_at else State.VALID, row)


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate as lists show it."""

    id: UUID
    number: str
    code: str
    name: str
    title: str
    jp: Decimal
    issued_on: date
    revoked_at: datetime | None


def certificates_of(person: UUID) -> "QuerySet[Certificate, Paper]":
    """Somebody's own certificates, newest first; pages ask for one's own person only."""
    return plain(Certificate.objects.filter(person=person).order_by("-issued_on", "-number"), Paper)


def issued(by: Actor, *, words: str = "", state: str = "") -> "QuerySet[Certificate, Paper]":
    """Every certificate of the agency for who issues them, newest first: by number, name or title."""
    access.demand(by, Action.ISSUE)
    rows = Certificate.objects.all()
    for word in words.split():
        rows = rows.filter(Q(number__icontains=word) | Q(name__icontains=word) | Q(title__icontains=word))
    if state in ("valid", "revoked"):
        rows = rows.filter(revoked_at__isnull=state == "valid")
    return plain(rows.order_by("-issued_on", "-number"), Paper)


def given_for(source: UUID) -> dict[UUID, Paper]:
    """The valid certificates of a source, such as a cohort, by person."""
    rows = Certificate.objects.filter(source_id=source, revoked_at=None)
    told = plain(rows.order_by("number"), Paper)
    return dict(zip(rows.order_by("number").values_list("person", flat=True), told, strict=False))


def counted_for(source: UUID) -> int:
    """How many valid certificates were given for a source."""
    return Certificate.objects.filter(source_id=source, revoked_at=None).count()


def given_to(person: UUID, source: UUID) -> Paper | None:
    """The valid certificate of somebody for a source; pages ask for one's own person only."""
    return plain(Certificate.objects.filter(person=person, source_id=source, revoked_at=None), Paper).first()


def last_signer() -> tuple[str, str]:
    """Who signed the newest certificate of the agency, with their position; two empty words before the first one."""
    row = Certificate.objects.order_by("-issued_on", "-number").values_list("signer", "signer_title").first()
    return row or ("", "")


def certificate_seen_by(by: Actor, certificate: UUID) -> Certificate:
    """One certificate for its owner or for who issues; ``Unseen`` (404) for everybody else."""
    found = access.CERTIFICATES.visible(by).select_related("key", "agency").filter(pk=certificate).first()
    if found is None:
        raise Unseen
    return found


def bundle_of(by: Actor, bundle: UUID) -> Bundle:
    """A printed bundle with its parts, for who issues."""
    access.demand(by, Action.ISSUE)
    found = Bundle.objects.prefetch_related("parts").filter(pk=bundle).first()
    if found is None:
        raise Unseen
    return found


def bundle_file(by: Actor, part: int) -> "StoredFile":
    """The PDF of a part."""
    access.demand(by, Action.ISSUE)
    found = BundlePart.objects.select_related("file").filter(pk=part).first()
    if found is None:
        raise Unseen
    return found.file

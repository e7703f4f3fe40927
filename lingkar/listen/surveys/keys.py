"""The token of one answer: signed, says where it belongs, taken once. Stored is a digest of its chance part alone."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from lingkar.foundation.privacy.codes import digest


@dataclass(frozen=True)
class Visit:
    """What a token says: a service, the unit that gave it, how somebody came to answer, and this one time."""

    service: UUID
    unit: UUID
    source: str
    once: str


def token_for(*, service: UUID, unit: UUID, source: str, once: str = "") -> str:
    """A token; ``once`` names an occasion that has one answer, else it is chance (128 bits)."""
    return _signer().sign(".".join((service.hex, unit.hex, source, once or secrets.token_hex(16))))


def visit_of(token: str) -> Visit | None:
    """What a token says; nothing for one that was not written here."""
    try:
        service, unit, source, once = _signer().unsign(token).split(".")
        return Visit(UUID(service), UUID(unit), source, once)
    except (BadSignature, ValueError):
        return None


def key_of(once: str) -> str:
    """Under which it is remembered that a token was used."""
    return digest(settings.SECRET_KEY, "surveys.invitation", once)


def _signer() -> Signer:
    return Signer(salt="surveys.visit", sep="~")

"""The token of an attempt: who may save answers to it. Signed, stored nowhere, good until the attempt is over.

Attempt, agency and account (48 bytes) with 16 bytes of HMAC-SHA256 under a key of their own: 86 letters. Whoever has it
can save answers of that attempt and nothing else.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings

LENGTH, MAC, ONE = 64, 16, 16


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose attempt a token is for."""

    attempt: UUID
    agency: UUID
    account: UUID


def token_for(attempt: UUID, *, agency: UUID, account: UUID) -> str:
    """The token that the page of an attempt carries."""
    body = attempt.bytes + agency.bytes + account.bytes
    return urlsafe_b64encode(body + _mac(_key(settings.SECRET_KEY), body)).decode().rstrip("=")


def holder_of(token: str) -> Holder | None:
    """Whose a token is; None for a forged one. A key that was changed lately still opens."""
    try:
        raw = urlsafe_b64decode(f"{token}==".encode("ascii"))
    except (Error, ValueError):
        return None
    body, mac = raw[:-MAC], raw[-MAC:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if len(raw) != LENGTH or not any(hmac.compare_digest(_mac(_key(key), body), mac) for key in keys):
        return None
    return Holder(*(UUID(bytes=body[start : start + ONE]) for start in (0, ONE, 2 * ONE)))


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:MAC]


@cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(f"lingkar:exams.attempt:{secret}".encode()).digest()

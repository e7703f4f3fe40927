"""The secrets of a session: what its QR says and the code under it. Both change; nothing of them is stored.

A QR names a stretch of ``TURN`` seconds and is signed. It counts for somebody who opened it while it was fresh: then
the phone has a *ticket*, which is for that person and session alone and waits for a weak signal. A picture of the QR
that is sent to a friend is old before it is opened (docs/decisions/0162). Time is the server's alone. The code of six
letters follows from a longer stretch, because it is typed.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from lingkar.foundation.privacy.codes import ALPHABET, LOOKALIKES

TURN, HOLDS = 30, 45
"""Seconds after which the QR changes, and for which one that was shown counts: the wall asks for a new one every 20."""
TICKET = 300
"""Seconds for which somebody who opened a fresh QR may still send that they are here."""
CODE_TURN = 60
"""Seconds after which the code changes; the one before counts as well."""
CODE_LENGTH = 6
MAC = 10


@dataclass(frozen=True)
class Scanned:
    """What a QR told: its session, and whether it is still good."""

    session: UUID
    is_fresh: bool


def token_for(session: UUID, at: datetime) -> str:
    """What the QR of a session says at a moment: 40 signs that fit an address."""
    body = session.bytes + (int(at.timestamp()) // TURN).to_bytes(4, "big")
    return base64.urlsafe_b64encode(body + _mac(body, settings.SECRET_KEY)).decode()


def read_token(token: str, at: datetime) -> Scanned | None:
    """The session of a token that we made; None for one that we did not."""
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii", "strict"))
    except (ValueError, UnicodeEncodeError):
        return None
    body, mac = raw[:20], raw[20:]
    if len(raw) != 20 + MAC or not any(hmac.compare_digest(mac, _mac(body, secret)) for secret in _secrets()):
        return None
    age = at.timestamp() - int.from_bytes(body[16:], "big") * TURN
    return Scanned(UUID(bytes=body[:16]), -TURN <= age <= TURN + HOLDS)


def ticket_for(session: UUID, account: UUID, at: datetime) -> str:
    """That somebody opened a fresh QR of a session at a moment. Good for nobody else, and nowhere else."""
    told = f"{int(at.timestamp())}"
    return f"{told}.{_ticket(session, account, told, settings.SECRET_KEY)}"


def is_ticket(ticket: str, session: UUID, account: UUID, at: datetime) -> bool:
    """Whether a ticket is ours, this person's for this session, and not too old."""
    told, _, mac = ticket[:60].partition(".")
    if not (told.isascii() and told.isdigit()) or not 0 <= at.timestamp() - int(told) <= TICKET:
        return False
    return any(
        hmac.compare_digest(mac.encode(), _ticket(session, account, told, secret).encode()) for secret in _secrets()
    )


def _ticket(session: UUID, account: UUID, told: str, secret: str) -> str:
    return _digest(f"ticket:{session.hex}:{account.hex}:{told}".encode(), secret).hex()[:32]


def code_for(session: UUID, at: datetime) -> str:
    """The six letters under the QR of a session at a moment."""
    return _code(session, int(at.timestamp()) // CODE_TURN, settings.SECRET_KEY)


def is_code_of(typed: str, session: UUID, at: datetime) -> bool:
    """Whether somebody typed the code of a session, this stretch's or the one before."""
    bare = normal(typed)
    turn = int(at.timestamp()) // CODE_TURN
    known = [_code(session, turn - back, secret) for back in (0, 1) for secret in _secrets()]
    return any(hmac.compare_digest(bare.encode(), code.encode()) for code in known)


def normal(typed: str) -> str:
    """A typed code without spaces and dashes, misread letters mended; only letters of the alphabet are left."""
    bare = "".join(typed.split()).replace("-", "").upper().translate(LOOKALIKES)
    return "".join(letter for letter in bare if letter in ALPHABET)[: CODE_LENGTH + 1]


def _code(session: UUID, turn: int, secret: str) -> str:
    number = int.from_bytes(_digest(f"code:{session.hex}:{turn}".encode(), secret), "big")
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(CODE_LENGTH))


def _mac(body: bytes, secret: str) -> bytes:
    return _digest(b"qr:" + body, secret)[:MAC]


def _digest(value: bytes, secret: str) -> bytes:
    key = hashlib.sha256(f"lingkar:programmes.attendance:{secret}".encode()).digest()
    return hmac.new(key, value, hashlib.sha256).digest()


def _secrets() -> list[str]:
    return [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]

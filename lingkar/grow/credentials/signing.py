"""Sign the words of certificates and check them: Ed25519, the private key encrypted at rest."""

import base64
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from lingkar.foundation.privacy.cipher import decrypt, encrypt
from lingkar.grow.credentials.models import SigningKey


class Signer:
    """The agency's newest key, ready to sign; made when there is none yet, or when none can be decrypted any more."""

    def __init__(self, agency: UUID, *, at: datetime) -> None:
        self.key, self._private = _newest(agency) or _made(agency, at)

    def sign(self, words: bytes) -> bytes:
        """64 bytes."""
        return self._private.sign(words)


def _newest(agency: UUID) -> tuple[SigningKey, Ed25519PrivateKey] | None:
    for row in SigningKey.objects.filter(agency=agency).order_by("-made_at"):
        try:
            return row, Ed25519PrivateKey.from_private_bytes(base64.b64decode(decrypt(row.private)))
        except ValueError:  # the installation has another secret now: sign anew, what was signed before still verifies
            continue
    return None


def _made(agency: UUID, at: datetime) -> tuple[SigningKey, Ed25519PrivateKey]:
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    row = SigningKey.objects.create(
        agency_id=agency,
        public=private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
        private=encrypt(base64.b64encode(raw).decode()),
        made_at=at,
    )
    return row, private


def is_signed(public: bytes | memoryview, signature: bytes | memoryview, words: bytes) -> bool:
    """Whether exactly these words were signed with the key that belongs to ``public``."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes(public)).verify(bytes(signature), words)
    except (InvalidSignature, ValueError):
        return False
    return True

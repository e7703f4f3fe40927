"""Encryption at rest of the few fields that would harm somebody if a copy of the database leaked."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _keys(secrets: tuple[str, ...]) -> MultiFernet:
    keys = (hashlib.sha256(f"lingkar:at-rest:{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _cipher() -> MultiFernet:
    return _keys((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def encrypt(text: str) -> bytes:
    """``text`` under the installation's key; "" stays empty, so that "nothing given" can be told."""
    return _cipher().encrypt(text.encode()) if text else b""


def decrypt(token: bytes | memoryview) -> str:
    """The text again. Raises ``ValueError`` when the key is not the one it was written with."""
    if not bytes(token):
        return ""
    try:
        return _cipher().decrypt(bytes(token)).decode()
    except InvalidToken:
        raise ValueError("encrypted with another key: was the secret of this installation restored?") from None

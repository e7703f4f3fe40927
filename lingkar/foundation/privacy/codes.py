"""Secret codes that people can read out, and keys derived for one purpose. Pure."""

import hashlib
import hmac
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that nothing is misread or spelled badly."""

CODE_LENGTH = 12
"""60 bits: with the rate limit of the tracking page a guess never succeeds, and four can be spoken at a time."""

LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def digest(secret: str, purpose: str, value: str) -> str:
    """Keyed SHA-256 of ``value`` in hex, under a key of its own per ``purpose``."""
    key = hashlib.sha256(f"lingkar:{purpose}:{secret}".encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def code_from(secret: str, purpose: str, value: str) -> str:
    """The code that belongs to ``value``, in three groups of four: ``7F3K-9QTM-X2AB``. Same value, same code."""
    number = int(digest(secret, purpose, value), 16)
    letters = [ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH)]
    return grouped("".join(letters))


def normal_code(typed: str) -> str:
    """What somebody typed as a code, without spaces and dashes and with misread letters mended; "" if it is none."""
    bare = re.sub(r"[\s\-–—._]", "", typed).upper().translate(LOOKALIKES)
    return grouped(bare) if len(bare) == CODE_LENGTH and set(bare) <= set(ALPHABET) else ""


def grouped(bare: str) -> str:
    return "-".join(bare[at : at + 4] for at in range(0, len(bare), 4))

"""The two secrets of a report: the token of its draft and receipt, and the code of its reporter.

Only digests are stored. The code follows from the token, so that sending twice shows the same code twice.
"""

import secrets

from django.conf import settings

from lingkar.foundation.privacy.codes import code_from, digest, normal_code


def new_token() -> str:
    """A random token for one report: carried by the reporter's pages, stored nowhere (128 bits)."""
    return secrets.token_urlsafe(16)


def draft_key(token: str) -> str:
    """Under which a draft is kept, and by which a second sending is recognised."""
    return digest(settings.SECRET_KEY, "reports.draft", token)


def code_for(token: str) -> str:
    """The tracking code that belongs to a token: ``7F3K-9QTM-X2AB``."""
    return code_from(settings.SECRET_KEY, "reports.code", token)


def code_digest(typed: str) -> str:
    """What a typed code is looked up by; "" when it cannot be a code."""
    code = normal_code(typed)
    return digest(settings.SECRET_KEY, "reports.code", code) if code else ""

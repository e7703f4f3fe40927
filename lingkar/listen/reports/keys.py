"""The secrets of a report: the token of its draft and receipt, the code of its reporter, the link in a mail.

Only digests of the first two are stored. The code follows from the token, so that sending twice shows the same code
twice. The link is signed and names the report: the code is not stored and cannot be sent.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Q

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


def code_digest(code: str) -> str:
    """Under which the report of a code is stored."""
    return digest(settings.SECRET_KEY, "reports.code", code)


LINK = "s/"
"""What a signed link begins with; no code contains it."""

LINK_HOLDS = timedelta(days=400)


def link_for(report: UUID) -> str:
    """The key that a mail carries: opens the report for 400 days."""
    return LINK + _signer().sign(report.hex)


def opened_by(key: str) -> Q:
    """Which report a reporter's key opens: a typed code or a signed link. None for a key that is no key.

    A code keeps opening its report after the installation's secret was changed, as long as the old one is kept in
    ``SECRET_KEY_FALLBACKS``.
    """
    if key.startswith(LINK):
        report = report_of_link(key)
        return Q(pk=report) if report else Q(pk__in=[])
    return Q(code_digest__in=digests_of(key))


def digests_of(key: str) -> list[str]:
    """Under which the report of a typed code may be stored; nothing for a signed link, or what is no code."""
    code = "" if key.startswith(LINK) else normal_code(key)
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS] if code else []
    return [digest(str(secret), "reports.code", code) for secret in known]


def report_of_link(key: str) -> UUID | None:
    """The report that a signed link names; none for a forged or old one, or for a code."""
    try:
        return UUID(_signer().unsign(key.removeprefix(LINK), max_age=LINK_HOLDS)) if key.startswith(LINK) else None
    except BadSignature:
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="reports.link")

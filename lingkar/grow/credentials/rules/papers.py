"""Certificates: the words that are signed, their numbers, and what makes one. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lingkar.foundation.refusals import Refused

SIGNED = ("kind", "number", "code", "name", "nip", "title", "jp", "subjects", "first_day", "last_day", "predicate",
          "issued_on", "signer", "signer_title")  # fmt: skip
"""What the signature is over: every word of the paper."""
LONGEST_LIST = 60


@dataclass(frozen=True)
class NewCertificate:
    """A certificate to be issued. ``subjects`` are names and JP; ``source`` and ``source_id`` say what it is for.

    ``form``: with a code of the table of forms the hours are credited at once ("B3"); "" credits nothing.
    """

    person: UUID
    title: str
    jp: Decimal
    subjects: Sequence[tuple[str, Decimal]]
    first_day: date
    last_day: date
    signer: str
    signer_title: str
    source: str = ""
    source_id: UUID | None = None
    predicate: str = ""
    kind: str = "certificate"
    form: str = ""


def check(row: NewCertificate, *, today: date) -> None:
    """A certificate has a title, a signer, days that are over, and subjects that add up to no more than its JP."""
    if not row.title.strip() or not row.signer.strip():
        raise Refused("credentials.words_missing")
    if not row.first_day <= row.last_day <= today:
        raise Refused("credentials.days_unusable")
    if row.jp < 0 or any(jp < 0 for _, jp in row.subjects):
        raise Refused("credentials.amount_unusable")
    if len(row.subjects) > LONGEST_LIST:
        raise Refused("credentials.too_many_subjects", most=LONGEST_LIST)
    if sum((jp for _, jp in row.subjects), Decimal(0)) > row.jp:
        raise Refused("credentials.subjects_exceed", jp=row.jp)


def number_of(serial: int, year: int, kind: str) -> str:
    """The printed number: ``00012/SERT/2026``, for a letter of attendance ``00012/SKET/2026``."""
    return f"{serial:05}/{'SERT' if kind == 'certificate' else 'SKET'}/{year}"


def words_of(facts: Mapping[str, object]) -> bytes:
    """The words that are signed, always written the same way: keys in order, days in ISO, numbers with two decimals."""
    told = {name: _plain(facts[name]) for name in SIGNED}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def check_reason(reason: str) -> None:
    """Nobody loses a certificate without a reason in words."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("credentials.reason_missing", least=SHORTEST_REASON)


SHORTEST_REASON = 10

"""Write the audit trail."""

import json
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Model

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.models import AuditEntry

LONGEST_DETAIL = 80


Detail = str | int | bool | UUID | tuple[UUID, ...] | None


def record(by: Actor, verb: str, subject: Model, *, at: datetime, **details: Detail) -> None:
    """Add one entry within the running transaction: it exists if and only if the act does.

    ``verb`` is past tense with its module (``"reports.referred"``). ``details`` are ids, codes and numbers; free text
    is refused, because what people wrote must remain erasable and the chain never forgets.
    """
    for key, value in details.items():
        if isinstance(value, str) and len(value) > LONGEST_DETAIL:
            raise ValueError(f"audit detail {key!r} is free text: keep it in the row that can be erased")
    content = {
        "agency": str(by.agency),
        "at": at.astimezone(UTC).isoformat(),
        "by": str(by.person) if by.person else by.name or "visitor",
        "verb": verb,
        "subject": f"{subject._meta.label}:{subject.pk}",
        **{key: _told(value) for key, value in details.items()},
    }
    AuditEntry.objects.create(
        agency_id=by.agency,
        at=at,
        verb=verb,
        person=by.person,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        content=json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
    )


def _told(value: Detail) -> str | int | bool | None:
    """Ids as text; many with spaces between them."""
    if isinstance(value, tuple):
        return " ".join(str(pk) for pk in value)
    return str(value) if isinstance(value, UUID) else value

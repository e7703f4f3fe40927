"""Read and verify the audit trail."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Max, Model, OuterRef, QuerySet, Subquery

from lingkar.foundation.audit.models import AuditEntry, AuditHead
from lingkar.foundation.tenancy.queries import agency_scope


@dataclass(frozen=True)
class ChainFault:
    """A place where the trail is not what was written."""

    position: int
    reason: str


@dataclass(frozen=True)
class ChainState:
    """What verification found: how many entries, the hash of the last, and every fault."""

    count: int
    head: str
    faults: tuple[ChainFault, ...]


def trail_of(subject: Model) -> QuerySet[AuditEntry]:
    """All entries about one row, newest first."""
    return AuditEntry.objects.filter(subject_type=subject._meta.label, subject_id=str(subject.pk)).order_by(
        "-at", "-position"
    )


def last(verb: str) -> datetime | None:
    """When ``verb`` was done last, in the agency in scope; None when never."""
    found: datetime | None = AuditEntry.objects.filter(verb=verb).aggregate(last=Max("at"))["last"]
    return found


def link_hash(position: int, previous: str, content: str) -> str:
    """SHA-256 of one link, as the database computes it: ``position|previous|content``."""
    return hashlib.sha256(f"{position}|{previous}|{content}".encode()).hexdigest()


def verify_chain(agency: UUID) -> ChainState:
    """Walk an agency's whole chain. Finds a changed, missing, added, moved or cut-off entry."""
    with agency_scope(agency):
        head = AuditHead.objects.first()
        count, tip = (head.count, head.hash) if head else (0, "")
        heads = AuditHead.objects.filter(agency=OuterRef("agency"))
        rows = AuditEntry.objects.annotate(  # by the same statement: acts go on while the chain is walked
            head_count=Subquery(heads.values("count")), head_hash=Subquery(heads.values("hash"))
        )
        walk = _Walk()
        for entry in rows.order_by("position").iterator():
            count, tip = entry.head_count, entry.head_hash
            walk.take(entry)
        walk.end(count, tip)
    return ChainState(count, tip, tuple(walk.faults))


class _Walk:
    def __init__(self) -> None:
        self.position = 0
        self.previous = ""
        self.faults: list[ChainFault] = []

    def take(self, entry: AuditEntry) -> None:
        self.position += 1
        for reason in self._wrong(entry):
            self.faults.append(ChainFault(self.position, reason))
        self.position = entry.position or self.position
        self.previous = entry.hash

    def _wrong(self, entry: AuditEntry) -> Iterator[str]:
        if entry.position != self.position:
            yield f"entry {self.position} is missing; found {entry.position}"
        if entry.previous != self.previous:
            yield "does not follow the entry before it"
        if entry.hash != link_hash(entry.position or 0, entry.previous, entry.content):
            yield "content was changed"
        if not columns_match(entry):
            yield "columns differ from the hashed content"

    def end(self, count: int, tip: str) -> None:
        if (self.position, self.previous) != (count, tip):
            self.faults.append(ChainFault(self.position, f"the chain ends at {self.position}, its head says {count}"))


def columns_match(entry: AuditEntry) -> bool:
    """Whether the searchable columns still say what the hashed content says."""
    content = json.loads(entry.content)
    return bool(
        content["agency"] == str(entry.agency_id)
        and content["at"] == entry.at.astimezone(UTC).isoformat()
        and content["verb"] == entry.verb
        and content["subject"] == f"{entry.subject_type}:{entry.subject_id}"
        and content["by"] == (str(entry.person) if entry.person else content["by"])
    )

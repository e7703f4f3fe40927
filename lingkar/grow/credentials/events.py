"""What happened to certificates. Ids and times only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("credentials.revoked")
@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate does not hold any more."""

    agency: UUID
    certificate: UUID
    person: UUID
    at: datetime

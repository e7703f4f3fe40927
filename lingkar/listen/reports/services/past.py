"""Cases that happened before: what was sent, and every act with its moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4


@dataclass(frozen=True)
class PastAct:
    """One thing that was done to a case. ``by`` is the account of an officer; None for the reporter.

    ``kind`` is the entry it leaves (``EntryKind``); ``text`` what was written, ``to_agency`` whom it was handed over
    to, ``proofs`` the files that an answer shows.
    """

    kind: str
    at: datetime
    by: UUID | None = None
    text: str = ""
    to_unit: UUID | None = None
    category: UUID | None = None
    to_agency: str = ""
    rating: int = 0
    proofs: Sequence[UUID] = ()


@dataclass(frozen=True)
class PastCase:
    """A report as it was sent, and what was done to it in the order of time. ``token`` makes its tracking code."""

    token: str
    text: str
    received_at: datetime
    number: int
    place: UUID | None = None
    location: str = ""
    latitude: float | None = None
    longitude: float | None = None
    category: UUID | None = None
    reported_unit: UUID | None = None
    service: UUID | None = None
    anonymous: bool = False
    secret: bool = False
    name: str = ""
    email: str = ""
    photos: Sequence[UUID] = ()
    acts: Sequence[PastAct] = ()
    id: UUID = field(default_factory=uuid4)

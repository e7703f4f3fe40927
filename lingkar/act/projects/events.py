"""What happened to projects."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("projects.offered")
@dataclass(frozen=True)
class ProjectOffered:
    """A project waits for the word of its mentor."""

    agency: UUID
    project: UUID
    at: datetime


@event("projects.reported")
@dataclass(frozen=True)
class ProjectReported:
    """A project was carried out and waits to be judged."""

    agency: UUID
    project: UUID
    at: datetime


@event("projects.reviewed")
@dataclass(frozen=True)
class ProjectReviewed:
    """Somebody judged a project in one part. ``mark`` is the mean of the criteria, 0–100, as text."""

    agency: UUID
    project: UUID
    review: UUID
    part: str
    mark: str
    by: UUID | None
    at: datetime

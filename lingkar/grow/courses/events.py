"""What happened to learners. Ids and times only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("courses.published")
@dataclass(frozen=True)
class CoursePublished:
    """Those who are enrolled may learn from a course, for the first time or from another version."""

    agency: UUID
    course: UUID
    code: str
    at: datetime


@event("courses.finished")
@dataclass(frozen=True)
class CourseFinished:
    """Somebody has done every lesson of a course."""

    agency: UUID
    course: UUID
    person: UUID
    at: datetime

"""What happened in quizzes. Ids and times only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("exams.submitted")
@dataclass(frozen=True)
class AttemptSubmitted:
    """Somebody handed in a quiz, or the time was over; its score stands."""

    agency: UUID
    quiz: UUID
    code: str
    attempt: UUID
    person: UUID
    at: datetime

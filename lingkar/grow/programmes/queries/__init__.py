"""Questions about programmes, always for a viewer; those without ``by`` are for modules above."""

from lingkar.grow.programmes.queries.book import Book, BookLine, Changed, Marked, marks_book, verdicts_of
from lingkar.grow.programmes.queries.cohorts import (
    CohortLine,
    CohortSeen,
    cohort_for,
    cohort_of,
    managed,
    scheme_of,
    subjects_of,
    types,
)
from lingkar.grow.programmes.queries.mine import Due, Guided, Mine, due_of, duties_of, guided_by, my_programmes
from lingkar.grow.programmes.queries.participants import (
    DutyLine,
    ParticipantLine,
    duties_in,
    guides_of,
    participant_for,
    participants_of,
)
from lingkar.grow.programmes.queries.sessions import (
    Present,
    SessionLine,
    attendance_in,
    present_at,
    schedule_of,
    session_for,
    teaching,
)
from lingkar.grow.programmes.queries.trained import Trained, trained

__all__ = (
    "Book",
    "BookLine",
    "Changed",
    "CohortLine",
    "CohortSeen",
    "Due",
    "DutyLine",
    "Guided",
    "Marked",
    "Mine",
    "ParticipantLine",
    "Present",
    "SessionLine",
    "Trained",
    "attendance_in",
    "cohort_for",
    "cohort_of",
    "due_of",
    "duties_in",
    "duties_of",
    "guided_by",
    "guides_of",
    "managed",
    "marks_book",
    "my_programmes",
    "participant_for",
    "participants_of",
    "present_at",
    "schedule_of",
    "scheme_of",
    "session_for",
    "subjects_of",
    "teaching",
    "trained",
    "types",
    "verdicts_of",
)

"""Kinds of programmes, their cohorts, who takes part, what was held, marked and decided."""

from lingkar.grow.programmes.models.cohorts import (
    Cohort,
    CohortState,
    CohortUnit,
    Duty,
    DutyKind,
    Origin,
    Participant,
    ProgrammeType,
    Standing,
    Subject,
)
from lingkar.grow.programmes.models.results import Decision, Mark, MarkChange, Meeting, Reaction
from lingkar.grow.programmes.models.sessions import Attendance, How, Session

__all__ = [
    "Attendance",
    "Cohort",
    "CohortState",
    "CohortUnit",
    "Decision",
    "Duty",
    "DutyKind",
    "How",
    "Mark",
    "MarkChange",
    "Meeting",
    "Origin",
    "Participant",
    "ProgrammeType",
    "Reaction",
    "Session",
    "Standing",
    "Subject",
]

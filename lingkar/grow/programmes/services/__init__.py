"""Verbs of programmes. Each is one transaction with one audit line."""

from lingkar.grow.programmes.keys import token_for
from lingkar.grow.programmes.rules import Scheme
from lingkar.grow.programmes.services.attending import Arrival, attend, note_attendance, ticket_of
from lingkar.grow.programmes.services.cohorts import (
    CohortFacts,
    NewSubject,
    add_subjects,
    change_cohort,
    load_types,
    open_cohort,
    put_type,
    set_weights,
    start_cohort,
    take_participants,
)
from lingkar.grow.programmes.services.deciding import MeetingFacts, hold_meeting
from lingkar.grow.programmes.services.learning import follow_course, follow_score
from lingkar.grow.programmes.services.marking import mark, mark_components, mark_many, markable
from lingkar.grow.programmes.services.reacting import react
from lingkar.grow.programmes.services.roster import (
    NewDuty,
    NewParticipant,
    add_duties,
    add_participants,
    remove_duty,
    withdraw,
)
from lingkar.grow.programmes.services.scheduling import NewSession, drop_session, plan_session, plan_sessions

__all__ = (
    "Arrival",
    "CohortFacts",
    "MeetingFacts",
    "NewDuty",
    "NewParticipant",
    "NewSession",
    "NewSubject",
    "Scheme",
    "add_duties",
    "add_participants",
    "add_subjects",
    "attend",
    "change_cohort",
    "drop_session",
    "follow_course",
    "follow_score",
    "hold_meeting",
    "load_types",
    "mark",
    "mark_components",
    "mark_many",
    "markable",
    "note_attendance",
    "open_cohort",
    "plan_session",
    "plan_sessions",
    "put_type",
    "react",
    "remove_duty",
    "set_weights",
    "start_cohort",
    "take_participants",
    "ticket_of",
    "token_for",
    "withdraw",
)

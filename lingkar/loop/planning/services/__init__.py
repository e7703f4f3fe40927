"""Verbs of plans: the year, its money and runs, a proposal, changes by hand, approval, and what comes of it."""

from lingkar.loop.planning.services.making import add_run, approve, decide, drop_run, make_plan, set_budgets
from lingkar.loop.planning.services.opening import open_cohort
from lingkar.loop.planning.services.solving import ask, propose, stop, work_out
from lingkar.loop.planning.services.suggesting import leave_suggestion, reconsider, take_suggestion

__all__ = (
    "add_run",
    "approve",
    "ask",
    "decide",
    "drop_run",
    "leave_suggestion",
    "make_plan",
    "open_cohort",
    "propose",
    "reconsider",
    "set_budgets",
    "stop",
    "take_suggestion",
    "work_out",
)

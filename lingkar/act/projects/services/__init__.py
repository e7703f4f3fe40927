"""Verbs of projects: begin, plan, agree, carry out, report, judge."""

from lingkar.act.projects.rules import PlannedStep
from lingkar.act.projects.services.carrying import add_evidence, finish_step, report_project
from lingkar.act.projects.services.judging import add_remark, agree, close_project, return_project, review
from lingkar.act.projects.services.planning import Guide, begin, name_reviewers, offer, write

__all__ = (
    "Guide",
    "PlannedStep",
    "add_evidence",
    "add_remark",
    "agree",
    "begin",
    "close_project",
    "finish_step",
    "name_reviewers",
    "offer",
    "report_project",
    "return_project",
    "review",
    "write",
)

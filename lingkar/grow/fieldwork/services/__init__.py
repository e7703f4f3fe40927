"""Verbs of field studies: offer cases, draw communities, write, answer, begin a project."""

from lingkar.grow.fieldwork.rules import Figure
from lingkar.grow.fieldwork.services.answering import answer
from lingkar.grow.fieldwork.services.preparing import offer_case, paint_picture, withdraw_case, write_case
from lingkar.grow.fieldwork.services.studying import begin_project, close_projects, follow_duties, keep_mark, take_case
from lingkar.grow.fieldwork.services.writing import Saved, write_entry

__all__ = (
    "Figure",
    "Saved",
    "answer",
    "begin_project",
    "close_projects",
    "follow_duties",
    "keep_mark",
    "offer_case",
    "paint_picture",
    "take_case",
    "withdraw_case",
    "write_case",
    "write_entry",
)

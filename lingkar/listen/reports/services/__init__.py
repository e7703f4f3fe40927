"""Verbs of reports: what citizens send, what officers do, what the reporter and the calendar say to it."""

from lingkar.listen.reports.services.categories import add_category, change_category
from lingkar.listen.reports.services.desk import Desk, PastRoute
from lingkar.listen.reports.services.handling import (
    Contact,
    accept_report,
    add_note,
    close_report,
    hand_over_report,
    publish_report,
    recategorise_report,
    refer_report,
    reply_to_reporter,
    seal_report,
    unseal_report,
    view_case,
    view_contact,
    view_file,
    withhold_report,
)
from lingkar.listen.reports.services.history import continue_numbers, take_over
from lingkar.listen.reports.services.intake import NotKept, save_where, save_words, send_report
from lingkar.listen.reports.services.letters import write_to_reporter
from lingkar.listen.reports.services.past import PastAct, PastCase
from lingkar.listen.reports.services.reporter import lapse_reports, purge_drafts, rate_report, reopen_report
from lingkar.listen.reports.services.telling import tell_unit

__all__ = [
    "Contact",
    "Desk",
    "NotKept",
    "PastAct",
    "PastCase",
    "PastRoute",
    "accept_report",
    "add_category",
    "add_note",
    "change_category",
    "close_report",
    "continue_numbers",
    "hand_over_report",
    "lapse_reports",
    "publish_report",
    "purge_drafts",
    "rate_report",
    "recategorise_report",
    "refer_report",
    "reopen_report",
    "reply_to_reporter",
    "save_where",
    "save_words",
    "seal_report",
    "send_report",
    "take_over",
    "tell_unit",
    "unseal_report",
    "view_case",
    "view_contact",
    "view_file",
    "withhold_report",
    "write_to_reporter",
]

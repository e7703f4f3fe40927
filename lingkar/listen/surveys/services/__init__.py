"""Verbs of the survey: answer once, enter paper, set up counters and questionnaires, take over the past."""

from lingkar.listen.surveys.services.answering import Respondent, enter_paper, invite, respond
from lingkar.listen.surveys.services.past import PastResponse, take_over
from lingkar.listen.surveys.services.setting_up import add_instrument, open_counter, open_counters

__all__ = (
    "PastResponse",
    "Respondent",
    "add_instrument",
    "enter_paper",
    "invite",
    "open_counter",
    "open_counters",
    "respond",
    "take_over",
)

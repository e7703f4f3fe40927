"""Why a change of the calendar was turned down, in words."""

from datetime import date

from django.utils.translation import gettext as _

from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import day


def sentence(refusal: Refused) -> str:
    """What is wrong and what to do, for a refusal of this module."""
    facts = {key: day(value) if isinstance(value, date) else value for key, value in refusal.details.items()}
    return _sentences()[refusal.code] % facts


def _sentences() -> dict[str, str]:
    return {
        "calendar.date_taken": _("%(date)s is a day off already. Change that one instead."),
        "calendar.year_out_of_reach": _("Choose a day between %(first)s and %(last)s."),
        "calendar.name_missing": _("Give it a name."),
        "calendar.name_too_long": _("Write at most %(most)s characters."),
        "calendar.no_working_days": _("Choose at least one working day."),
        "calendar.not_a_weekday": _("Choose among Monday to Sunday."),
        "calendar.week_is_default": _("This is the default week. Make another one the default first."),
        "calendar.week_in_use": _("Units still keep this week. Give them another one first."),
    }

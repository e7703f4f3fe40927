"""Why a value was turned down, in words."""

from django.utils.translation import gettext as _

from lingkar.foundation.parameters.web.words import shown
from lingkar.foundation.refusals import Refused


def sentence(refusal: Refused) -> str:
    """What is wrong with the value and what fits, for a refusal of this module."""
    return _sentences()[refusal.code] % {key: shown(value) for key, value in refusal.details.items()}


def _sentences() -> dict[str, str]:
    return {
        "parameters.not_whole": _("Write a whole number, such as 14."),
        "parameters.not_a_number": _("Write a number; fractions with a comma, such as 2,5."),
        "parameters.not_yes_or_no": _("Choose yes or no."),
        "parameters.not_a_list": _("Write whole numbers with commas between them, such as 30, 90, 180."),
        "parameters.not_a_choice": _("Choose one of: %(choices)s."),
        "parameters.wrong_type": _("This value is of another kind than the one before."),
        "parameters.empty": _("Write a value."),
        "parameters.too_long": _("Write at most %(most)s characters."),
        "parameters.too_low": _("The smallest value that makes sense here is %(least)s."),
        "parameters.too_high": _("The largest value that makes sense here is %(most)s."),
        "parameters.begins_in_the_past": _(
            "A new value begins today or later: what was decided before stays explained by the old one."
        ),
        "parameters.source_missing": _("Name the decree or decision that the value comes from."),
    }

"""What people read when a rule says no."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.refusals import Refused

SENTENCES: dict[str, Promise | Callable[..., str]] = {
    "credentials.reason_missing": lambda least: (
        _("Write why, in at least %(least)s characters: everybody who checks the certificate reads it.")
        % {"least": least}
    ),
    "credentials.nothing_to_print": gettext_lazy("There is no valid certificate to print."),
    "credentials.nobody": gettext_lazy("This person does not serve the agency. Nothing was saved."),
    "credentials.own_record": gettext_lazy(
        "This is you. Somebody else has to write down what is recorded about you. Nothing was saved."
    ),
    "credentials.form_unknown": gettext_lazy("Choose one of the 24 forms of learning."),
    "credentials.amount_unusable": gettext_lazy("The amount must be more than nothing, and at most 2000."),
    "credentials.only_national": gettext_lazy("The table has no hours for this form abroad. Choose another form."),
    "credentials.days_unusable": gettext_lazy("This day has not come yet. Nothing was saved."),
    "credentials.year_unusable": lambda year: (
        _("The year %(year)s has no predicate: choose a year that is over.") % {"year": year}
    ),
    "credentials.predicate_unknown": gettext_lazy("Choose one of the five predicates."),
    "credentials.severity_unknown": gettext_lazy("Choose light, moderate or severe."),
    "credentials.of_certificate": gettext_lazy(
        "These hours belong to a certificate of this agency. Revoke the certificate instead."
    ),
    "credentials.recorded_before": gettext_lazy(
        "This training is recorded on this day already, and counts once. If it was written down wrongly, take it back "
        "below first."
    ),
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal of this module; codes of others raise ``KeyError``."""
    words = SENTENCES[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)

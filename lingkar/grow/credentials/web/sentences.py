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
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal of this module; codes of others raise ``KeyError``."""
    words = SENTENCES[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)

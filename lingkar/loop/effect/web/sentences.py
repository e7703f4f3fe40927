"""What people read when a rule of this module says no."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.refusals import Refused

SENTENCES: Mapping[str, Promise] = {
    "effect.nobody_trained": _("Give at least one unit the day on which its training begins. Nothing was registered."),
    "effect.margin_unusable": _("Choose a smallest change between 1 and 90. Nothing was registered."),
    "effect.delay_unusable": _("Days until it shows are 0 or more. Nothing was registered."),
    "effect.unknown": _("Something here is not known any more. Open the page anew; nothing was registered."),
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal of this module; codes of others raise ``KeyError``."""
    return str(SENTENCES[no.code])

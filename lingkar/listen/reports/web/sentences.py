"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lingkar.foundation.files.web import sentence as sentence_of_files
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import day, number

Words = str | Promise | Callable[..., str]

CITIZENS: Mapping[str, Words] = {
    "reports.empty": gettext_lazy("Write what happened, or add a photo. Then we know what to do."),
    "reports.too_long": lambda length, longest: (
        _("This text has %(length)s characters, we can take %(longest)s. Please shorten it; it is still here.")
        % {"length": number(length), "longest": number(longest)}
    ),
    "reports.too_many_photos": lambda most: (
        ngettext(
            "A report can have one photo. The first was kept; take it off if you prefer another.",
            "A report can have %(most)s photos. The first were kept; take one off if you prefer another.",
            most,
        )
        % {"most": most}
    ),
    "reports.no_place": gettext_lazy("Choose a village or describe a landmark, so that the officer finds the place."),
    "reports.already_sent": gettext_lazy("This report was already sent. It was not sent twice."),
    "reports.bad_rating": gettext_lazy("Choose one of the five."),
    "reports.too_late_to_reopen": lambda until: (
        _("The time to reopen this report ended on %(until)s. Please send a new report and mention this number.")
        % {"until": day(until)}
    ),
    "reports.no_reason": gettext_lazy("Say in a few words what is still not solved, so that the unit can act."),
    "reports.not_now": lambda state, move: _(  # noqa: ARG005
        "The report has changed meanwhile, so this is not possible any more. Look at where it stands now."
    ),
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal, in the reader's language. Refusals of files have sentences of their own."""
    if no.code.startswith("files."):
        return sentence_of_files(no)
    words = CITIZENS[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)

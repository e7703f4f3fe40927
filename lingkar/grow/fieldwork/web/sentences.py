"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.files.web import sentence as of_file
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import when
from lingkar.grow.fieldwork.rules import Clock

SENTENCES: Mapping[str, Promise | Callable[..., str]] = {
    "fieldwork.empty": gettext_lazy("Write what you saw, or add a photo."),
    "fieldwork.too_long": lambda longest: (
        _("At most %(longest)s characters. What you wrote is kept here.") % {"longest": longest}
    ),
    "fieldwork.too_many_photos": lambda most: _("At most %(most)s photos in one entry.") % {"most": most},
    "fieldwork.over": gettext_lazy("This programme does not run any more, so its logbook takes no entries."),
    "fieldwork.no_figures": gettext_lazy("Write one figure at least, each on a line of its own."),
    "fieldwork.too_many_figures": lambda most: (
        _("At most %(most)s figures on one page. Choose those that matter; what you wrote is kept here.")
        % {"most": most}
    ),
    "fieldwork.line_unreadable": lambda line, side: (  # noqa: ARG005
        _("This line cannot be read: “%(line)s”. Write: what = how much (source). Example: People = 4,312 (profile)")
        % {"line": line}
    ),
    "fieldwork.figure_not_whole": lambda label: (
        _("The figure “%(label)s” needs a number and a source.") % {"label": label}
    ),
    "fieldwork.no_place": lambda side: _("Choose a village."),  # noqa: ARG005
    "fieldwork.picture_of_others": gettext_lazy(
        "Other cohorts read this page already. Ask the training office to change it; what you wrote is kept here."
    ),
    "fieldwork.day_to_come": gettext_lazy("This day has not come yet. Choose today or a day before."),
    "fieldwork.no_word": gettext_lazy("Write a few words: they are what helps."),
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal; one that is not listed here still says that nothing was changed."""
    if no.code.startswith("files."):
        return of_file(no)
    words = SENTENCES.get(no.code)
    if words is None:
        return _("This could not be done; nothing was changed. Code: %(code)s") % {"code": no.code}
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)


def clock_words(clock: Clock, phone_at: object) -> str:
    """What is said of a phone's clock beside the server's time; "" when they agree."""
    if clock == Clock.SAME or not isinstance(phone_at, datetime):
        return ""
    if clock == Clock.WAITED:
        return _("written %(time)s, waited on the phone") % {"time": when(phone_at)}
    return _("the clock of the phone said %(time)s; the server's time counts") % {"time": when(phone_at)}

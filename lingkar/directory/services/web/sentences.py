"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.directory.services.web.words import COMPONENTS
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import day

Words = Promise | Callable[..., str]


def _missing(components: tuple[str, ...]) -> str:
    names = ", ".join(str(COMPONENTS[component]) for component in components)  # type: ignore[index]
    return _("Still missing, and people need it at the counter: %(names)s. The draft is kept.") % {"names": names}


def _last(last: date) -> str:
    return _("The version before begins on %(last)s. Choose that day or a later one.") % {"last": day(last)}


def _unit_not_there(valid_from: date, valid_to: date | None) -> str:
    if valid_to is None:
        return _("The unit that serves begins on %(day)s. Choose that day or a later one.") % {"day": day(valid_from)}
    words = _("The unit that serves exists from %(first)s until %(last)s. Choose a day between them, or another unit.")
    return words % {"first": day(valid_from), "last": day(valid_to)}


SENTENCES: Mapping[str, Words] = {
    "services.no_summary": gettext_lazy("Say in a sentence what the service is for. The draft is kept."),
    "services.components_missing": _missing,
    "services.no_channel": gettext_lazy("Say where people get it: a counter, an address on the internet, a number."),
    "services.no_hours": gettext_lazy("Say when the counter is open. The draft is kept."),
    "services.starts_in_the_past": gettext_lazy(
        "What was promised until today stays true: choose today or a later day."
    ),
    "services.starts_before_the_last": _last,
    "services.reviewed_in_the_future": gettext_lazy("This day lies ahead. Choose today or an earlier one."),
    "services.ends_in_the_past": gettext_lazy("This day is over. Choose yesterday to end it at once, or a later day."),
    "services.ends_before_it_begins": lambda valid_from: (
        _("The newest version begins on %(day)s. Choose that day or a later one.") % {"day": day(valid_from)}
    ),
    "services.ends_already": lambda valid_to: (
        _("It ends on %(day)s already. Choose an earlier day; to offer it longer, publish it anew.")
        % {"day": day(valid_to)}
    ),
    "services.unit_not_there": _unit_not_there,
    "services.month_to_come": gettext_lazy("This month has not begun yet."),
    "services.hours_unreadable": lambda text: (
        _("“%(text)s” is no time of day. Write it as 08.00–12.00, 13.00–15.30.") % {"text": text[:40]}
    ),
    "services.hours_overlap": gettext_lazy("These hours overlap. Write them one after the other."),
    "services.too_many_lines": lambda most, longest: (
        _("At most %(most)s lines of %(longest)s characters each.") % {"most": most, "longest": longest}
    ),
    "services.changed_meanwhile": gettext_lazy(
        "Somebody else changed this draft meanwhile. Yours is kept below: compare it with theirs, then save again."
    ),
    "services.position_over": gettext_lazy("This position is over. Nothing was changed: choose another one."),
    "services.no_draft": gettext_lazy("There is no draft any more. Nothing was changed."),
    "services.not_published": gettext_lazy("It was never published, so there is nothing to end. Drop the draft."),
    "services.pledge_incomplete": gettext_lazy("A pledge has its statements, a name and a position. Fill in all."),
}

FIELDS: Mapping[str, str] = {
    "services.no_summary": "summary",
    "services.starts_in_the_past": "valid_from",
    "services.starts_before_the_last": "valid_from",
    "services.reviewed_in_the_future": "reviewed_on",
    "services.ends_in_the_past": "last_day",
    "services.ends_before_it_begins": "last_day",
    "services.ends_already": "last_day",
    "services.unit_not_there": "valid_from",
}
"""The field that a refusal is about."""


def sentence(no: Refused) -> str:
    """The sentence for a refusal of this module; codes of others raise ``KeyError``."""
    words = SENTENCES[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)

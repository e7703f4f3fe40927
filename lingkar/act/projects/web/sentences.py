"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from lingkar.foundation.files.web import sentence as of_file
from lingkar.foundation.refusals import Refused

CRITERIA: Mapping[str, Any] = {
    "issue": pgettext_lazy("criterion", "Issue"),
    "idea": pgettext_lazy("criterion", "Idea"),
    "work": pgettext_lazy("criterion", "How it was carried out"),
    "benefit": pgettext_lazy("criterion", "Benefit for citizens"),
}
FIELDS: Mapping[str, Any] = {
    "title": pgettext_lazy("project", "Title"),
    "issue": pgettext_lazy("project", "Issue"),
    "idea": pgettext_lazy("project", "Idea"),
}


def _named(names: Iterable[str], words: Mapping[str, Any]) -> str:
    return ", ".join(str(words[name]) for name in names if name in words)


SENTENCES: Mapping[str, Promise | Callable[..., str]] = {
    "projects.not_now": gettext_lazy("The project stands elsewhere by now. Nothing was changed; look at it below."),
    "projects.not_whole": lambda fields: (
        _("Your mentor needs this, too: %(names)s. What you wrote is kept.") % {"names": _named(fields, FIELDS)}
    ),
    "projects.no_steps": gettext_lazy("Plan at least one step with a date. What you wrote is kept."),
    "projects.too_many_steps": lambda most: (
        ngettext("At most %(most)d step.", "At most %(most)d steps.", most) % {"most": most}
    ),
    "projects.step_without_title": gettext_lazy("A step has a date and no words. Say what is done until then."),
    "projects.no_result": gettext_lazy("Write what came of it: numbers before and after, if you have them."),
    "projects.no_evidence": gettext_lazy("Add at least one photo or PDF to a step: a report needs proof."),
    "projects.steps_open": lambda count: (
        ngettext(
            "%(n)d step is still open. Finish it first, and say honestly what was not reached.",
            "%(n)d steps are still open. Finish them first, and say honestly what was not reached.",
            count,
        )
        % {"n": count}
    ),
    "projects.done_in_the_future": gettext_lazy("This day lies ahead. Choose today or an earlier one."),
    "projects.no_words": gettext_lazy("Write a few words: they are what helps."),
    "projects.too_long": lambda longest: _("At most %(longest)s characters, please.") % {"longest": longest},
    "projects.too_many_files": lambda most: _("A step has %(most)s files at most.") % {"most": most},
    "projects.marks_missing": lambda criteria: (
        _("A mark is missing: %(names)s.") % {"names": _named(criteria, CRITERIA)}
    ),
    "projects.mark_out_of_range": lambda criteria: (
        _("Marks go from 0 to 100. Please correct: %(names)s.") % {"names": _named(criteria, CRITERIA)}
    ),
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal; one that is not listed here still says that nothing was changed."""
    if no.code.startswith("files."):
        return of_file(no)
    words = SENTENCES.get(no.code)
    if words is None:
        return _("This could not be done; nothing was changed. Code: %(code)s") % {"code": no.code}
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)

"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import when
from lingkar.grow.exams.models import Why

Words = Promise | Callable[..., str]

SENTENCES: Mapping[str, Words] = {
    "exams.no_person": gettext_lazy(
        "Your account is not linked with a person yet, so a result would belong to nobody. Ask your operator."
    ),
    "exams.not_open_yet": lambda opens_at: _("This quiz opens on %(at)s.") % {"at": when(opens_at)},
    "exams.closed": lambda closes_at: _("This quiz was closed on %(at)s.") % {"at": when(closes_at)},
    "exams.no_attempts_left": lambda allowed: (
        _("You have used all attempts (%(n)s). Your best result counts.") % {"n": allowed}
    ),
    "exams.question_incomplete": gettext_lazy(
        "A question needs its words and an explanation: write “Pembahasan: …” below its choices."
    ),
    "exams.options": lambda least, most, **_more: (
        _("It needs %(least)s to %(most)s choices: A., B., C. …") % {"least": least, "most": most}
    ),
    "exams.options_alike": gettext_lazy("Two of its choices are the same."),
    "exams.no_key": gettext_lazy("Its right choice is not clear: write “Kunci: B”, one letter."),
    "exams.marks": lambda most, **_more: _("A question is worth 1 to %(most)s marks.") % {"most": most},
    "exams.minutes": lambda most: _("A quiz takes 1 to %(most)s minutes.") % {"most": most},
    "exams.shown": lambda most: _("A quiz shows 1 to %(most)s questions.") % {"most": most},
    "exams.pass_mark": gettext_lazy("The pass mark is 0 to 100."),
    "exams.attempts": gettext_lazy("At least one attempt must be allowed."),
    "exams.closes_before_it_opens": gettext_lazy("It closes before it opens."),
    "exams.too_many_questions": lambda most: (
        _("A quiz holds %(most)s questions at most. None was added.") % {"most": most}
    ),
    "exams.too_few_questions": lambda has, shown: (
        _("It has %(has)s questions and shows %(shown)s: write more, or let it show fewer.")
        % {"has": has, "shown": shown}
    ),
    "exams.quiz_taken": gettext_lazy("Somebody has taken this quiz: its questions stay as they are."),
}
"""What takers and makers meet."""

FORGED = gettext_lazy(
    "This page does not belong to your attempt, so nothing was saved. Open the quiz again; your answers wait on this"
    " phone."
)
UNREADABLE = gettext_lazy("This could not be read, so nothing was saved. It stays on your phone; load the page again.")
OVER = gettext_lazy(
    "The time is over, or the quiz was handed in. This answer came in later: it is kept and shown, but not marked."
)
OTHER = gettext_lazy(
    "Question %(n)s was answered on another device after you answered it here. The later answer counts and is shown"
    " now; the one of this device is kept. Choose again to change it."
)


NOT_COUNTED = {
    Why.LATE: gettext_lazy("it came in after the end"),
    Why.OVERTAKEN: gettext_lazy("given before the answer that counts, on another device"),
}
"""Why an answer is kept and not marked."""


def sentence(no: Refused) -> str:
    """The sentence for a refusal that takers meet."""
    words = SENTENCES[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)

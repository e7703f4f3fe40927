"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import when

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
}
"""What takers meet. Refusals of making a quiz are met by whoever writes its file."""

FORGED = gettext_lazy(
    "This page does not belong to your attempt, so nothing was saved. Open the quiz again; your answers wait on this"
    " phone."
)
UNREADABLE = gettext_lazy("This could not be read, so nothing was saved. It stays on your phone; load the page again.")
OVER = gettext_lazy(
    "The time is over, or the quiz was handed in. This answer came in later: it is kept and shown, but not marked."
)
OTHER = gettext_lazy(
    "This question was answered on another device meanwhile; that answer is shown now. Tap again to change it."
)


def sentence(no: Refused) -> str:
    """The sentence for a refusal that takers meet."""
    words = SENTENCES[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)

"""What this module holds about somebody: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.access import NOBODY
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.grow.exams.models import Attempt, UncountedAnswer


def export(holder: Holder) -> Iterator[Row]:
    """Each attempt with its score."""
    rows = Attempt.objects.filter(person=holder.person or NOBODY).select_related("quiz").order_by("started_at")
    for row in rows:
        yield {
            _("quiz"): row.quiz.title,
            _("attempt"): row.number,
            _("started"): row.started_at,
            _("handed in"): row.submitted_at,
            _("score"): row.score,
        }


def erase(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    """Forget answers that were not marked."""
    gone, _rows = UncountedAnswer.objects.filter(attempt__person=holder.person or NOBODY).delete()
    return gone


KEPT = _("Results of quizzes stay as the base of certificates, and name nobody once the person is erased.")
register_keeper("exams", _("Your quizzes"), export=export, erase=erase, kept=KEPT)

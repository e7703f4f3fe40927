"""What this module holds about somebody: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.access import NOBODY
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.grow.courses.models import CheckAnswer, Enrolment, Progress


def export(holder: Holder) -> Iterator[Row]:
    """Courses, lessons that were done, and answers to check questions."""
    person = holder.person or NOBODY
    for enrolled in Enrolment.objects.filter(person=person).select_related("course").order_by("since"):
        yield {
            _("course"): enrolled.course.title,
            _("since"): enrolled.since,
            _("finished"): enrolled.finished_at,
            _("left"): enrolled.left_at,
        }
    for done in Progress.objects.filter(person=person, block="").select_related("lesson").order_by("done_at"):
        yield {_("lesson"): done.lesson.title, _("done"): done.done_at}
    for answer in CheckAnswer.objects.filter(person=person).select_related("lesson").order_by("saved_at"):
        yield {_("lesson"): answer.lesson.title, _("right"): answer.is_right, _("saved"): answer.saved_at}


def erase(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    """Forget answers and what was read."""
    person = holder.person or NOBODY
    answers, _rows = CheckAnswer.objects.filter(person=person).delete()
    read, _rows = Progress.objects.filter(person=person).delete()
    return answers + read


KEPT = _(
    "That a course was taken and finished stays in the agency's count, and names nobody once the person is erased."
)
register_keeper("courses", _("What you learned"), export=export, erase=erase, kept=KEPT)

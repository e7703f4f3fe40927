"""The one next thing of a participant, and what their home is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.tasks import Task, tells_tasks
from lingkar.foundation.ui.words import day
from lingkar.grow.programmes import queries, rules
from lingkar.grow.programmes.queries import CohortSeen, Due, OwnSession, SelfStudy
from lingkar.grow.programmes.web.words import clock, link, span


@dataclass(frozen=True)
class Step:
    """What to do next on the page of a programme."""

    title: str
    text: str
    url: str = ""
    action: str = ""


def next_step(seen: CohortSeen, sessions: Sequence[OwnSession], study: SelfStudy, *, now: datetime) -> Step:
    """One thing: be noted at the session of this hour, make up, learn, take the quiz, answer, the next session."""
    missing = [row for row in sessions if row.there is None and row.ends_at >= now]
    if seen.cohort.state == rules.State.RUNNING and missing and missing[0].starts_at - rules.EARLY <= now:
        row = missing[0]
        text = _("%(title)s, %(clock)s. Scan the QR on the wall, or type the code under it.")
        words = text % {"title": row.title, "clock": clock(row.starts_at, row.ends_at)}
        return Step(_("Be noted as present"), words, link("programmes:here"), _("Type the code"))
    if seen.participant and seen.participant.standing == rules.Standing.DEFERRED:
        return Step(_("Make up what is missing"), _("The meeting deferred you. Your marks below say what is missing."))
    if (step := _learn(seen, study)) is not None:
        return step
    if _is_asked(seen, timezone.localdate(now)):
        url = link("programmes:react", code=seen.cohort.code)
        return Step(
            _("Say what you think of it"),
            _("A few questions, without your name."),
            url,
            pgettext("questions", "Answer"),
        )
    if seen.cohort.state != rules.State.CLOSED and missing:
        row = missing[0]
        return Step(_("Next session: %(title)s") % {"title": row.title}, span(row.starts_at, row.ends_at))
    if seen.cohort.state == rules.State.CLOSED:
        return Step(_("Nothing is left to do"), _("The programme is over. What was decided stands below."))
    begins = _("It begins on %(day)s.") % {"day": day(seen.cohort.first_day)}
    is_early = seen.cohort.first_day > timezone.localdate(now)
    return Step(_("Nothing to do right now"), begins if is_early else _("You are up to date."))


def _learn(seen: CohortSeen, study: SelfStudy) -> Step | None:
    """The next lesson, else a quiz that was never taken; nothing once the programme is over."""
    if seen.cohort.state == rules.State.CLOSED:
        return None
    if (course := study.next_course) is not None:
        lesson = next(one for one in course.lessons if one.number == course.progress.next)
        title = _("Go on: %(title)s") if course.progress.done else _("Begin: %(title)s")
        text = _("%(course)s, lesson %(number)s of %(count)s. About %(minutes)s minutes.") % {
            "course": course.title, "number": lesson.number, "count": course.progress.lessons,
            "minutes": lesson.minutes,
        }  # fmt: skip
        url = reverse("courses:lesson", args=[course.code, lesson.number])
        return Step(title % {"title": lesson.title}, text, url, _("Go on") if course.progress.done else _("Begin"))
    if (quiz := study.next_quiz) is not None:
        text = _("%(shown)s questions, %(minutes)s minutes. Every answer is saved when you give it.") % {
            "shown": quiz.shown, "minutes": quiz.minutes,
        }  # fmt: skip
        return Step(_("Take the quiz: %(title)s") % {"title": quiz.title}, text,
                    reverse("exams:quiz", args=[quiz.code]), _("To the quiz"))  # fmt: skip
    return None


def _is_asked(seen: CohortSeen, today: date) -> bool:
    is_open = seen.cohort.state in (rules.State.RUNNING, rules.State.CLOSED) and seen.cohort.last_day <= today
    return is_open and seen.participant is not None and seen.participant.reacted_on is None


@tells_tasks
def waiting(actor: Actor, at: datetime) -> Iterable[Task]:
    """What somebody should do next in the programmes where they learn or teach."""
    return [_task(due) for due in queries.due_of(actor, at)]


def _task(due: Due) -> Task:
    page = link("programmes:mine", code=due.code)
    if due.kind == "teach" and due.at and due.until:
        text = " · ".join(filter(None, (clock(due.at, due.until), due.room, due.cohort)))
        return Task(_("You teach: %(title)s") % {"title": due.title}, text,
                    link("programmes:session", session=due.session), _("Open attendance"), due.on,
                    order=4, icon="users")  # fmt: skip
    if due.kind == "attend":
        text = _("%(title)s. Scan the QR on the wall, or type the code.") % {"title": due.title}
        return Task(_("Be noted as present"), text, link("programmes:here"), _("Type the code"), due.on,
                    order=5, icon="check")  # fmt: skip
    if due.kind == "session" and due.at and due.until:
        text = " · ".join(filter(None, (due.cohort, span(due.at, due.until), due.room)))
        return Task(_("Session: %(title)s") % {"title": due.title}, text, page, _("Look at it"), due.on, is_event=True,
                    order=50, icon="calendar")  # fmt: skip
    if due.kind == "remedy":
        return Task(_("Make up what is missing"), due.cohort, page, _("See what is missing"), due.on, order=20)
    url = link("programmes:react", code=due.code)
    return Task(
        _("Say what you think of it"), due.cohort, url, pgettext("questions", "Answer"), due.on, minutes=2, order=60
    )

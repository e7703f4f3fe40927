"""What follows here when something happened elsewhere."""

from lingkar.foundation.access import Actor
from lingkar.foundation.events.bus import on
from lingkar.grow.courses.events import CoursePublished
from lingkar.grow.exams.events import AttemptSubmitted
from lingkar.grow.programmes import services


@on(CoursePublished)
def bring_the_learners(fact: CoursePublished) -> None:
    """A course that subjects named before it was written has learners now."""
    services.follow_course(code=fact.code, by=Actor.system(fact.agency), at=fact.at)


@on(AttemptSubmitted)
def mark_the_quiz(fact: AttemptSubmitted) -> None:
    """What a quiz brought becomes the mark of its component."""
    services.follow_score(quiz=fact.code, person=fact.person, by=Actor.system(fact.agency), at=fact.at)

"""Who makes courses, and who may learn from which."""

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import NOBODY, Actor, Forbidden, declare
from lingkar.grow.courses.models import Course, CourseState, Enrolment


class Action(StrEnum):
    """Acts of this module."""

    MAKE = "courses.make"  # write and publish courses of the own units, enrol people, see who learns


declare(Action.MAKE, roles=[Role.TRAINING])


class CoursePolicy:
    """Who makes courses sees those of the units they reach; learners see what they are enrolled in, once published."""

    def visible(self, by: Actor) -> QuerySet[Course]:
        rows = Course.objects.select_related("unit")
        if by.is_system or "" in by.paths(Action.MAKE):
            return rows
        return rows.filter(made_by(by) | learned_by(by))

    def allows(self, by: Actor, action: str, item: Course) -> bool:
        return by.is_system or by.may(action, item.unit.path)


POLICY = CoursePolicy()


def made_by(by: Actor) -> Q:
    """Courses of the units in which ``by`` makes courses."""
    paths = by.paths(Action.MAKE)
    return reduce(or_, (Q(unit__path__startswith=path) for path in paths), Q(pk__in=[]))


def learned_by(by: Actor) -> Q:
    """Published courses in which ``by`` is enrolled."""
    mine = Enrolment.objects.filter(course=OuterRef("pk"), person__account=by.person or NOBODY, left_at__isnull=True)
    return Q(Exists(mine), state=CourseState.PUBLISHED)


def fetch(by: Actor, course: UUID, *, lock: bool = False) -> Course:
    """One course that ``by`` may make; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, course, Action.MAKE, lock=lock)


def made(by: Actor) -> QuerySet[Course]:
    """Every course that ``by`` may make."""
    rows = Course.objects.all()
    return rows if by.is_system else rows.filter(made_by(by))


def demand(by: Actor, path: str) -> None:
    """``Forbidden`` (403) unless ``by`` makes courses of the unit at ``path``."""
    if not (by.is_system or by.may(Action.MAKE, path)):
        raise Forbidden

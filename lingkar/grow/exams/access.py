"""Who makes quizzes, and who may take which."""

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import NOBODY, Actor, Forbidden, declare
from lingkar.grow.exams.models import Attempt, Quiz


class Action(StrEnum):
    """Acts of this module."""

    MAKE = "exams.make"  # write and publish quizzes of the own units, see results


declare(Action.MAKE, roles=[Role.TRAINING])


class QuizPolicy:
    """Who makes quizzes sees those of the units they reach. Takers find theirs by code (``services.open_attempt``)."""

    def visible(self, by: Actor) -> QuerySet[Quiz]:
        rows = Quiz.objects.select_related("unit", "course")
        paths = by.paths(Action.MAKE)
        if by.is_system or "" in paths:
            return rows
        return rows.filter(reduce(or_, (Q(unit__path__startswith=path) for path in paths), Q(pk__in=[])))

    def allows(self, by: Actor, action: str, item: Quiz) -> bool:
        return by.is_system or by.may(action, item.unit.path)


POLICY = QuizPolicy()


def fetch(by: Actor, quiz: UUID, *, lock: bool = False) -> Quiz:
    """One quiz that ``by`` may make; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, quiz, Action.MAKE, lock=lock)


def visible(by: Actor) -> QuerySet[Quiz]:
    """Every quiz that ``by`` may make."""
    return POLICY.visible(by)


def own_attempts(by: Actor) -> QuerySet[Attempt]:
    """The attempts of the person behind ``by``: nobody else opens them here."""
    return Attempt.objects.filter(person__account=by.person or NOBODY)


def demand(by: Actor, path: str) -> None:
    """``Forbidden`` (403) unless ``by`` makes quizzes of the unit at ``path``."""
    if not (by.is_system or by.may(Action.MAKE, path)):
        raise Forbidden

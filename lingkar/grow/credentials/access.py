"""Who issues and revokes, who keeps the ledger of hours, and whose hours somebody sees."""

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Role
from lingkar.foundation.access import NOBODY, Actor, Forbidden, Unseen, declare
from lingkar.foundation.refusals import Refused
from lingkar.grow.credentials.models import Certificate

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lingkar.directory.people.models import Person


class Action(StrEnum):
    """Acts of this module."""

    ISSUE = "credentials.issue"  # issue and revoke certificates, print bundles
    CREDIT = "credentials.credit"  # write hours, SKP predicates and punishments; see anybody's
    TEAM = "credentials.team"  # see hours and points of the people of the own units


declare(Action.ISSUE, roles=[Role.TRAINING])
declare(Action.CREDIT, roles=[Role.TRAINING, Role.PERSONNEL])
declare(Action.TEAM, roles=[Role.SUPERVISOR, Role.TRAINING, Role.PERSONNEL])


class PersonPolicy:
    """Whose hours somebody sees: their own, and those of the people of their units."""

    def visible(self, by: Actor) -> "QuerySet[Person]":
        return people.serving(("",) if by.is_system else by.paths(Action.TEAM), account=by.person)

    def allows(self, by: Actor, action: str, item: "Person") -> bool:
        return people.serving(("",) if by.is_system else by.paths(action)).filter(pk=item.pk).exists()


class CertificatePolicy:
    """Who issues sees all certificates of the agency; everybody sees their own."""

    def visible(self, by: Actor) -> "QuerySet[Certificate]":
        if by.is_system or by.may(Action.ISSUE, ""):
            return Certificate.objects.all()
        return Certificate.objects.filter(person__account=by.person or NOBODY)

    def allows(self, by: Actor, action: str, item: Certificate) -> bool:  # noqa: ARG002
        return by.is_system or by.may(action, "")


PERSONS = PersonPolicy()
CERTIFICATES = CertificatePolicy()


def demand(by: Actor, action: Action) -> None:
    """``Forbidden`` (403) unless ``by`` may, for the whole agency."""
    if not (by.is_system or by.may(action, "")):
        raise Forbidden


def check_not_own(persons: Collection[UUID], by: Actor) -> None:
    """Nobody writes down their own hours, predicates or punishments."""
    if by.person is not None and people.serving().filter(account=by.person, pk__in=persons).exists():
        raise Refused("credentials.own_record")


def person_seen(by: Actor, person: UUID) -> "Person":
    """Somebody whose hours ``by`` may see; ``Unseen`` (404) otherwise."""
    found = PERSONS.visible(by).filter(pk=person).first()
    if found is None:
        raise Unseen
    return found

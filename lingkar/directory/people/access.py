"""Who may open accounts and give roles, and which of them somebody sees."""

from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lingkar.directory.people.models import Account, Person, Placement, Role, RoleGrant, Status
from lingkar.foundation.access import NOBODY, Actor, Forbidden, declare


class Action(StrEnum):
    """Acts of this module."""

    GRANT = "people.grant"
    ACCOUNT = "people.account"
    RECORDS = "people.records"
    INVITE = "people.invite"
    GUESTS = "people.guests"  # record people of other institutions, who have no NIP


declare(Action.GRANT, roles=[Role.OPERATOR])
declare(Action.ACCOUNT, roles=[Role.OPERATOR])
declare(Action.RECORDS, roles=[Role.OPERATOR, Role.PERSONNEL])
declare(Action.INVITE, roles=[Role.OPERATOR, Role.PERSONNEL])
declare(Action.GUESTS, roles=[Role.OPERATOR, Role.PERSONNEL, Role.TRAINING], whole=True)


class GrantPolicy:
    """An operator sees the grants within their units; everybody sees their own."""

    def visible(self, by: Actor) -> QuerySet[RoleGrant]:
        grants = RoleGrant.objects.select_related("account", "unit")
        if may_grant(by, ""):
            return grants
        own = Q(account=by.person or NOBODY)
        return grants.filter(reduce(or_, (Q(unit__path__startswith=top) for top in by.paths(Action.GRANT)), own))

    def allows(self, by: Actor, action: str, item: RoleGrant) -> bool:  # noqa: ARG002
        return may_grant(by, item.unit.path if item.unit else "")


class AccountPolicy:
    """Who gives roles sees the agency's accounts; everybody sees their own. Never one of another agency."""

    def visible(self, by: Actor) -> QuerySet[Account]:
        accounts = Account.objects.filter(agency=by.agency)
        return accounts if may_grant(by) else accounts.filter(pk=by.person or NOBODY)

    def allows(self, by: Actor, action: str, item: Account) -> bool:
        """To close an account or reset how it signs in, ``by`` must look after every role it ever had."""
        if action != Action.ACCOUNT:
            return may_grant(by)
        paths = RoleGrant.objects.filter(account=item).values_list("unit__path", flat=True)
        return may_grant(by) and all(may_grant(by, path or "") for path in paths)


class PersonPolicy:
    """Everybody signed in sees who serves the agency today, and oneself; who keeps records sees all of their units."""

    def visible(self, by: Actor) -> QuerySet[Person]:
        persons = Person.objects.filter(agency=by.agency, erased_at__isnull=True)
        if keeps_records(by, ""):
            return persons
        if not by.is_signed_in:
            return persons.none()
        seen = Q(status=Status.ACTIVE) | Q(account=by.person)
        if tops := by.paths(Action.RECORDS):
            placed = Placement.objects.filter(within(tops, "unit__path"), person=OuterRef("pk"))
            seen |= Q(Exists(placed))
        return persons.filter(seen)

    def allows(self, by: Actor, action: str, item: Person) -> bool:  # noqa: ARG002
        return keeps_records(by, path_of(item))


def within(tops: tuple[str, ...], field: str) -> Q:
    """Rows whose ``field`` holds a tree path within one of ``tops``."""
    return reduce(or_, (Q(**{f"{field}__startswith": top}) for top in tops))


def path_of(person: Person) -> str:
    """The tree path of the unit in which somebody works, will work or worked last; "" for nowhere."""
    last = Placement.objects.filter(person=person, is_main=True).order_by("-valid_from")
    return last.values_list("unit__path", flat=True).first() or ""


def kept_by(by: Actor, person: str = "pk") -> Q:
    """Rows whose ``person`` is somebody whose record ``by`` keeps: the same people as ``PersonPolicy.allows``."""
    if keeps_records(by, ""):
        return Q()
    if not (tops := by.paths(Action.RECORDS)):
        return Q(pk__isnull=True)
    last = Placement.objects.filter(person=OuterRef(OuterRef(person)), is_main=True).order_by("-valid_from")
    return Q(Exists(Placement.objects.filter(within(tops, "unit__path"), pk=Subquery(last.values("pk")[:1]))))


def keeps_records(by: Actor, path: str | None = None) -> bool:
    """Whether ``by`` keeps records of people somewhere, or over the unit at ``path`` ("": the whole agency)."""
    return by.is_system or by.may(Action.RECORDS, path)


def demand_records(by: Actor, path: str | None = None) -> None:
    """``Forbidden`` (403) for everybody who may not."""
    if not keeps_records(by, path):
        raise Forbidden


def demand_guests(by: Actor) -> None:
    """``Forbidden`` (403) unless ``by`` records people from outside."""
    if not (by.is_system or by.may(Action.GUESTS, "")):
        raise Forbidden


def may_grant(by: Actor, path: str | None = None) -> bool:
    """Whether ``by`` gives roles somewhere, or over the unit at ``path`` ("": the whole agency)."""
    return by.is_system or by.may(Action.GRANT, path)


def demand_grant(by: Actor, path: str | None = None) -> None:
    """``Forbidden`` (403) for everybody who may not."""
    if not may_grant(by, path):
        raise Forbidden

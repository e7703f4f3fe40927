"""Who somebody is, and what they may do today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.orgs.queries import lineage
from lingkar.directory.people import access
from lingkar.directory.people.models import Account, Role, RoleGrant, digits
from lingkar.foundation.access import NOBODY, Actor, Grant, fetch, roles_for, roles_with_second_factor


def account_named(name: str) -> Account | None:
    """The account, active or not, that signs in with this e-mail address (any case) or this NIP (18 digits)."""
    if "@" in name:
        return Account.objects.alias(lowered=Lower("email")).filter(lowered=name.lower()).first()
    return Account.objects.filter(nip=name).first() if name else None


def grants_on(account: UUID, day: date) -> QuerySet[RoleGrant]:
    """Grants of an account that hold on ``day``; not one that a colleague holds by delegation on it."""
    return RoleGrant.objects.filter(_holds(day), account=account).select_related("unit")


def _holds(day: date) -> Q:
    """Grants that give something on ``day``: begun, not over, not handed to a colleague, approved where that is due."""
    running = Q(waits=False) & Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    return running & (Q(rests_from__isnull=True) | Q(rests_from__gt=day) | Q(rests_to__lt=day))


GRANTS_ON = """
    SELECT CASE WHEN %(day)s BETWEEN held.rests_from AND held.rests_to THEN '' ELSE held.role END,
      coalesce(unit.path, ''), held.unit_id
    FROM people_rolegrant held LEFT JOIN orgs_unit unit ON unit.id = held.unit_id
    WHERE held.account_id = %(account)s AND held.agency_id = %(agency)s
      AND NOT held.waits AND held.valid_from <= %(day)s AND (held.valid_to IS NULL OR held.valid_to >= %(day)s)
    ORDER BY held.valid_from, held.id
"""
"""``grants_on`` in plain SQL, the one query that every signed-in request asks: an eighth of the time.

A grant that rests comes along without its role: it gives nothing, but its holder still belongs to the unit, and does
not see a complaint about it.
"""


def actor_for(account: Account, *, day: date) -> Actor:
    """The actor that ``account`` is on ``day``, with its grants as tree paths."""
    with connection.cursor() as cursor:
        cursor.execute(GRANTS_ON, {"account": account.pk, "agency": account.agency_id, "day": day})
        grants = tuple(Grant(role=role, path=path, unit=unit) for role, path, unit in cursor.fetchall())
    return Actor(agency=account.agency_id, person=account.pk, name=account.name, grants=grants)


def needs_second_factor(by: Actor) -> bool:
    """Whether one of the actor's roles demands a second factor at sign-in."""
    roles = roles_with_second_factor()
    return any(grant.role in roles for grant in by.grants)


def holders_of(action: str, unit_path: str, *, day: date) -> QuerySet[Account]:
    """Active accounts of the agency in scope that may do ``action`` for the unit at ``unit_path`` on ``day``."""
    grants = RoleGrant.objects.filter(
        _holds(day), Q(unit__isnull=True) | Q(unit__path__in=lineage(unit_path)), role__in=roles_for(action)
    )
    return Account.objects.filter(is_active=True, pk__in=grants.values("account")).order_by("name")


def names_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """Name by id, for the accounts that exist. An erased account has an empty name."""
    return dict(Account.objects.filter(pk__in=set(accounts)).values_list("pk", "name"))


def _not_over(day: date) -> Q:
    """Grants that hold on ``day`` or will begin later; one that was ended before it began never does."""
    return Q(valid_to__isnull=True) | (Q(valid_to__gte=day) & Q(valid_to__gte=F("valid_from")))


def own_account(by: Actor) -> Account:
    """The account of whoever is signed in."""
    return Account.objects.select_related("agency").get(pk=by.person or NOBODY)


def grants_from(account: UUID, day: date) -> QuerySet[RoleGrant]:
    """Grants of an account that hold on ``day`` or will begin later, the running ones first."""
    rows = RoleGrant.objects.filter(_not_over(day), account=account)
    return rows.select_related("unit").order_by("valid_from", "pk")


@dataclass(frozen=True)
class Login:
    """A role and an account that holds it."""

    role: str
    label: str
    account: Account
    unit: str


_SHOWN: dict[str, str] = {}


def show_login(email: str, title: str) -> None:
    """Let the demo's login switch show somebody who holds no role, under a title."""
    _SHOWN[email] = title


def without_role(agency: UUID) -> list[Login]:
    """Accounts of an agency that ``show_login`` named, in that order: the demo's login switch."""
    rows = Account.objects.filter(agency=agency, is_active=True, email__in=_SHOWN)
    found = {str(row.email): row for row in rows.select_related("agency")}
    return [Login("", title, found[email], "") for email, title in _SHOWN.items() if email in found]


def one_per_role(*, day: date) -> list[Login]:
    """For each role the account of the agency in scope that holds it longest: the demo's login switch."""
    rows = RoleGrant.objects.filter(_holds(day), account__is_active=True).select_related(
        "account", "account__agency", "unit"
    )
    first: dict[str, RoleGrant] = {}
    for row in rows.order_by("valid_from", "account__joined_at", "pk"):
        first.setdefault(row.role, row)
    return [
        Login(role.value, str(role.label), first[role].account, str(first[role].unit or ""))
        for role in Role
        if role in first
    ]


def grants_seen_by(by: Actor, *, day: date, q: str = "", role: str = "", ended: bool = False) -> QuerySet[RoleGrant]:
    """Grants that ``by`` looks after, by name of the person; those that are over only with ``ended``."""
    rows = access.GrantPolicy().visible(by)
    if not ended:
        rows = rows.filter(_not_over(day))
    if role:
        rows = rows.filter(role=role)
    return rows.filter(_named(q, "account__")).order_by("account__name", "role", "valid_from", "pk")


def grants_waiting(by: Actor, *, day: date) -> list[RoleGrant]:
    """Grants that ``by`` looks after and that a second person has to approve, by name; fifty at most."""
    rows = access.GrantPolicy().visible(by).filter(_not_over(day), waits=True)
    return list(rows.order_by("account__name", "pk")[:50]) if access.may_grant(by) else []


def grant_seen_by(by: Actor, grant: UUID) -> RoleGrant:
    """One grant that ``by`` may end; ``Unseen`` or ``Forbidden`` otherwise."""
    return fetch(access.GrantPolicy(), by, grant, access.Action.GRANT)


def accounts_without_role(by: Actor, q: str, *, day: date) -> list[Account]:
    """Up to ten accounts that match ``q`` and hold no role now or later; none without ``q``."""
    if not q.strip():
        return []
    held = RoleGrant.objects.filter(_not_over(day), account=OuterRef("pk"))
    return list(access.AccountPolicy().visible(by).filter(_named(q), ~Exists(held)).order_by("name")[:10])


def account_seen_by(by: Actor, account: UUID) -> Account:
    """One account of the agency for somebody who gives roles; ``Unseen`` or ``Forbidden`` otherwise."""
    return fetch(access.AccountPolicy(), by, account, access.Action.GRANT)


def account_to_grant(by: Actor, name: str) -> Account | None:
    """The account of this agency that signs in with ``name``, for somebody who gives roles."""
    found = account_named(name)
    return found if found and access.AccountPolicy().visible(by).filter(pk=found.pk).exists() else None


def all_grants_of(by: Actor, account: UUID) -> QuerySet[RoleGrant]:
    """Every grant of an account that ``by`` looks after, the newest first."""
    return access.GrantPolicy().visible(by).filter(account=account).order_by("-valid_from", "pk")


def units_to_grant(by: Actor, *, day: date, whole: str) -> list[tuple[str, str]]:
    """Units over which ``by`` may give roles, for a select; ``whole`` names the choice "all"."""
    tops = by.paths(access.Action.GRANT)
    units = [(unit, unit.path) for unit in orgs.units_in(by.agency, day=day)]
    listed = [(str(u.pk), orgs.INDENT * orgs.depth(path) + u.name) for u, path in units if path.startswith(tops)]
    return [("all", whole), *listed] if "" in tops else listed


def factors_of(account: Account) -> list[str]:
    """Kinds of second factor that an account has set up: ``totp``, ``webauthn``."""
    rows = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return sorted(set(rows.values_list("type", flat=True)))


def _named(q: str, prefix: str = "") -> Q:
    """Whose name holds every word of ``q``, or whose NIP begins with it."""
    words = q.split()
    name = reduce(and_, (Q(**{f"{prefix}name__icontains": word}) for word in words), Q())
    bare = digits(q)
    return name | Q(**{f"{prefix}nip__startswith": bare}) if bare.isdigit() else name

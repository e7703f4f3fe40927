"""Who may open accounts and give roles, and which of them somebody sees."""

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Account, Role, RoleGrant
from lingkar.foundation.access import Actor, Forbidden, declare

NOBODY = UUID(int=0)


class Action(StrEnum):
    """Acts of this module."""

    GRANT = "people.grant"
    ACCOUNT = "people.account"


declare(Action.GRANT, roles=[Role.OPERATOR])
declare(Action.ACCOUNT, roles=[Role.OPERATOR])


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


def may_grant(by: Actor, path: str | None = None) -> bool:
    """Whether ``by`` gives roles somewhere, or over the unit at ``path`` ("": the whole agency)."""
    return by.is_system or by.may(Action.GRANT, path)


def demand_grant(by: Actor, path: str | None = None) -> None:
    """``Forbidden`` (403) for everybody who may not."""
    if not may_grant(by, path):
        raise Forbidden

"""Which accounts are in use, for whoever looks after accounts."""

from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from lingkar.directory.people.access import AccountPolicy
from lingkar.directory.people.models import Account
from lingkar.foundation.access import Actor


class Use(StrEnum):
    """Which accounts are asked for; the values stand in addresses."""

    ALL = ""
    NEVER = "belum-masuk"
    CLOSED = "ditutup"


def _condition(use: Use) -> Q:
    return {
        Use.ALL: Q(is_active=True),
        Use.NEVER: Q(is_active=True, last_login=None),
        Use.CLOSED: Q(is_active=False),
    }[use]


def accounts_seen_by(by: Actor, use: Use = Use.ALL) -> QuerySet[Account]:
    """Accounts that ``by`` looks after: in use, never signed in, or closed; by name."""
    return AccountPolicy().visible(by).filter(_condition(use)).order_by("name", "pk")


def accounts_counted(by: Actor) -> dict[Use, int]:
    """How many there are of each. One query."""
    counts = {use.name: Count("pk", filter=_condition(use)) for use in Use}
    found = AccountPolicy().visible(by).order_by().aggregate(**counts)
    return {use: found[use.name] for use in Use}

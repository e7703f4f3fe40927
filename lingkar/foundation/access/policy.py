"""``fetch``: the one door to a single row."""

from typing import Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404

from lingkar.foundation.access.actors import Actor

M = TypeVar("M", bound=Model)


class Unseen(Http404):
    """The row does not exist for this actor: no difference between "none" and "not yours" (404)."""


class Forbidden(PermissionDenied):
    """The actor sees the row, but may not do this to it (403)."""


class Policy(Protocol[M]):
    """What a module says about its rows."""

    def visible(self, by: Actor) -> QuerySet[M]:
        """Every row that ``by`` may know of: the base of each list, count, search and export."""
        ...

    def allows(self, by: Actor, action: str, item: M) -> bool:
        """Whether ``by`` may do ``action`` to the visible row ``item``."""
        ...


def fetch(policy: Policy[M], by: Actor, pk: UUID | str | int, action: str, *, lock: bool = False) -> M:
    """One row for one act: unseen → ``Unseen`` (404), seen but not allowed → ``Forbidden`` (403).

    With ``lock`` the row stays locked until the transaction ends, so that two officers cannot act on one state. It is
    locked by itself, before it is read: a row that waits behind joins is lost when somebody moved it meanwhile.
    """
    rows = policy.visible(by)
    try:
        if lock:
            rows.model._default_manager.select_for_update().filter(pk=pk).values_list("pk").first()
        item = rows.get(pk=pk)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        raise Unseen from None
    if not policy.allows(by, action, item):
        raise Forbidden
    return item

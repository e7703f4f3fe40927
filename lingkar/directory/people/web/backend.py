"""Who somebody is, by e-mail address or NIP and a password."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet
from django.http import HttpRequest

from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import account_named
from lingkar.foundation.tenancy.prepared import prepared


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Exactly one password is hashed for every attempt, whether or not the account exists or is active.

    (allauth's own backend hashes twice for a known address, which tells it from an unknown one.)
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:  # noqa: ARG002
        name = credentials.get("email") or credentials.get("username") or ""
        password = credentials.get("password") or ""
        account = account_named(name)
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: UUID) -> Account | None:
        """The account of a session with its agency, in one query."""
        rows: list[Account] = _signed_in(account=UUID(str(user_id)))
        return rows[0] if rows else None


@prepared
def _signed_in(*, account: UUID) -> QuerySet[Account]:
    return Account.objects.select_related("agency").filter(pk=account, is_active=True)

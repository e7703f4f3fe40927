"""What allauth announces about sign-in, kept in the audit trail. Connected when the application starts."""

import time
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa import signals as factor
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from lingkar.directory.people import services
from lingkar.directory.people.models import Account
from lingkar.directory.people.web import factors


@receiver(account.user_logged_in)
def signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    """The session counts its days from here (``LivingSession``)."""
    request.session["since"] = int(time.time())
    methods = sorted({record.get("type", record["method"]) for record in get_authentication_records(request, user)})
    services.note(account=user, what="signed_in", at=timezone.now(), how="+".join(methods))


@receiver(user_logged_out)
def signed_out(user: Account | None, **_: Any) -> None:
    if user is not None:
        services.note(account=user, what="signed_out", at=timezone.now())


@receiver(account.password_changed)
@receiver(account.password_reset)
def password_changed(user: Account, **_: Any) -> None:
    services.note(account=user, what="password_changed", at=timezone.now())


@receiver(factor.authenticator_added)
def factor_added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Whoever sets up a second factor has just shown it: the session need not ask again."""
    if authenticator.type in factors.REAL:
        record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)
        services.note(account=user, what="factor_added", at=timezone.now(), kind=authenticator.type)


@receiver(factor.authenticator_removed)
def factor_removed(user: Account, authenticator: Authenticator, **_: Any) -> None:
    services.note(account=user, what="factor_removed", at=timezone.now(), kind=authenticator.type)


@receiver(factor.authenticator_reset)
def codes_renewed(user: Account, **_: Any) -> None:
    services.note(account=user, what="codes_renewed", at=timezone.now())

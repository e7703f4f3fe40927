"""Letters about an account: written by a job, so that nobody can tell by waiting whether an address is known."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from procrastinate.contrib.django import app

from lingkar.directory.people.models import Account
from lingkar.foundation.access import NOBODY
from lingkar.foundation.notify.services import mail
from lingkar.foundation.tenancy.queries import agency_scope


class Kind(StrEnum):
    """What a letter is about; also the name of its template."""

    INVITATION = "invitation"
    RESET = "reset"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    CODES_RENEWED = "codes_renewed"


def queue(kind: Kind, account: Account | None, *, base: str) -> None:
    """Queue a letter. For nobody a job is queued as well, which does nothing: both cost the same."""
    pk = account.pk if account else NOBODY
    app.configure_task("people.mail").defer(kind=str(kind), account=str(pk), base=base, letter=str(uuid4()))


def write(kind: Kind, account: UUID, *, base: str, letter: UUID, at: datetime) -> bool:
    """Hand the letter to ``notify``, once per ``letter``. False when nobody, or no address, is there to receive it."""
    holder = Account.objects.select_related("agency").filter(pk=account, is_active=True).first()
    if holder is None or not holder.email:
        return False
    with agency_scope(holder.agency_id):
        mail(
            address=holder.email,
            template=f"people/mail/{kind}.txt",
            context={"account": holder, "agency": holder.agency, "base": base.rstrip("/"), "link": _link(kind, holder)},
            key=f"people:{letter}",
            agency=holder.agency_id,
            about=f"people:{holder.pk}",
            language=settings.LANGUAGE_CODE,
            at=at,
        )
    return True


def _link(kind: Kind, account: Account) -> str:
    """The address of the page that sets a password, with a key that works once; made only when it is written."""
    if kind not in (Kind.INVITATION, Kind.RESET):
        return reverse("mfa_index")
    key = default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": account.pk.hex, "key": key})

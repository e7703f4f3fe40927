"""Mail about an account: sent by a job, so that nobody can tell by waiting whether an address is known."""

from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from lingkar.directory.people.models import Account

NOBODY = UUID(int=0)


class Kind(StrEnum):
    """What a mail is about; also the name of its template."""

    INVITATION = "invitation"
    RESET = "reset"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    CODES_RENEWED = "codes_renewed"


def queue(kind: Kind, account: Account | None, *, base: str) -> None:
    """Queue a mail. For nobody a job is queued as well, which does nothing: both cost the same."""
    pk = account.pk if account else NOBODY
    app.configure_task("people.mail").defer(kind=str(kind), account=str(pk), base=base)


def send(kind: Kind, account: UUID, *, base: str) -> bool:
    """Write and send the mail now. False when there is nobody, or no address, to send it to."""
    holder = Account.objects.select_related("agency").filter(pk=account, is_active=True).first()
    if holder is None or not holder.email:
        return False
    facts = {"account": holder, "agency": holder.agency, "base": base.rstrip("/"), "link": _link(kind, holder)}
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = render_to_string(f"people/mail/{kind}.txt", facts).split("\n", 1)
    send_mail(subject.strip(), body.strip() + "\n", None, [holder.email])
    return True


def _link(kind: Kind, account: Account) -> str:
    """The address of the page that sets a password, with a key that works once; made only when it is sent."""
    if kind not in (Kind.INVITATION, Kind.RESET):
        return reverse("mfa_index")
    key = default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": account.pk.hex, "key": key})

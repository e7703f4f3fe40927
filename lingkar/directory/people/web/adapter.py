"""allauth's door to accounts: closed to sign-up, our words, mail through the queue, every act in the audit trail."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context, ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingkar.directory.people import mail
from lingkar.directory.people.models import Account
from lingkar.directory.people.web import factors

MISMATCH = _("This e-mail address or NIP and this password do not belong together.")

PASSWORD_CHANGED = "account/messages/password_changed.txt"  # noqa: S105
SENTENCES = {
    "account/messages/logged_out.txt": _("You have signed out."),
    PASSWORD_CHANGED: _("Your password was changed. All other devices were signed out."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app was removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Keep these recovery codes in a safe place."),
}
"""What a page says after an act. Signing in says nothing: the page that follows shows it."""

NOTICES = {
    "account/email/password_changed": mail.Kind.PASSWORD_CHANGED,
    "account/email/password_reset": mail.Kind.PASSWORD_CHANGED,
    "mfa/email/totp_activated": mail.Kind.FACTOR_ADDED,
    "mfa/email/webauthn_added": mail.Kind.FACTOR_ADDED,
    "mfa/email/totp_deactivated": mail.Kind.FACTOR_REMOVED,
    "mfa/email/webauthn_removed": mail.Kind.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": mail.Kind.CODES_RENEWED,
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are opened by the operator. One sentence answers every failed sign-in, whatever the reason."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "account_inactive": MISMATCH,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "too_many_login_attempts": _("Too many attempts that failed. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a minute, then try again."),
        "invalid_password_reset": _("This link no longer works."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        messages.error(request, MISMATCH)
        return HttpResponseRedirect(reverse("account_login"))

    def reauthenticate(self, user: Account, password: str) -> bool:
        """The account's own password, once more, under the same limit as sign-in."""
        key = f"again:{user.pk}"
        if not ratelimit.consume(context.request, action="login_failed", key=key):
            raise self.validation_error("too_many_login_attempts")
        right = user.check_password(password)
        if right:
            ratelimit.clear(context.request, action="login_failed", key=key)
        return bool(right)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Sensitive pages ask again, except within five minutes after somebody signed in or was asked."""
        request = context.request
        newest = max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)
        return time.time() - newest >= FRESH and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        """Ways to be asked again: the password, a code (of the app or a recovery code), a passkey."""
        kinds = factors.kinds(user)
        ways = (
            ("reauthenticate", "account_reauthenticate", user.has_usable_password()),
            ("mfa_reauthenticate", "mfa_reauthenticate", bool(kinds)),
            ("mfa_reauthenticate:webauthn", "mfa_reauthenticate_webauthn", factors.PASSKEY in kinds),
        )
        return [{"id": way, "url": reverse(name), "description": ""} for way, name, is_there in ways if is_there]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("mfa_index")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        text = message or SENTENCES.get(message_template or "")
        is_said = message_template == PASSWORD_CHANGED and not request.user.is_authenticated  # by the page itself
        if text and not is_said:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Tell the owner that something about sign-in changed; queued, so that no page waits for a mail server."""
        mail.queue(NOTICES[template_prefix], user, base=self.request.build_absolute_uri("/"))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail leaves through ``mail.queue``: one that does not is a fault."""
        raise NotImplementedError(template_prefix)


FRESH = 300
"""Seconds after signing in during which a sensitive page does not ask again."""

"""Signing in and out. The flows are allauth's; the pages and the words are ours.

Each view here is one of allauth's with our template. Forms are set in the settings (``ACCOUNT_FORMS``, ``MFA_FORMS``).
"""

from allauth.account import views as account
from allauth.core.internal.ratelimit import consume_or_429
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from lingkar.directory.people.queries import own_account
from lingkar.directory.people.web import factors
from lingkar.foundation.access.web import Request, View

# coming in
sign_in: View = account.LoginView.as_view(template_name="people/sign_in.html")
second_step: View = factor.AuthenticateView.as_view(template_name="people/second_step.html")
sign_out: View = account.LogoutView.as_view(template_name="people/sign_out.html")
_passkey_sign_in: View = passkey.LoginWebAuthnView.as_view()

# a forgotten password
ask_link: View = account.PasswordResetView.as_view(template_name="people/ask_link.html")
link_sent: View = account.PasswordResetDoneView.as_view(template_name="people/link_sent.html")
set_password: View = account.PasswordResetFromKeyView.as_view(
    template_name="people/set_password.html", reset_url_key="baru"
)
password_saved: View = account.PasswordResetFromKeyDoneView.as_view(template_name="people/password_saved.html")

# once more, before something sensitive
password_again: View = account.ReauthenticateView.as_view(template_name="people/again_password.html")
code_again: View = factor.ReauthenticateView.as_view(template_name="people/again_code.html")
passkey_again: View = passkey.ReauthenticateWebAuthnView.as_view(template_name="people/again_passkey.html")

# what one signs in with
security: View = factor.IndexView.as_view(template_name="people/security.html")
set_up_app: View = app.ActivateTOTPView.as_view(template_name="people/set_up_app.html")
remove_app: View = app.DeactivateTOTPView.as_view(template_name="people/remove_app.html")
view_codes: View = codes.ViewRecoveryCodesView.as_view(template_name="people/codes.html")
renew_codes: View = codes.GenerateRecoveryCodesView.as_view(template_name="people/renew_codes.html")
download_codes: View = codes.DownloadRecoveryCodesView.as_view(template_name="people/codes.txt")
add_passkey: View = passkey.AddWebAuthnView.as_view(template_name="people/add_passkey.html")
rename_passkey: View = passkey.EditWebAuthnView.as_view(template_name="people/rename_passkey.html")
_remove_passkey: View = passkey.RemoveWebAuthnView.as_view(template_name="people/remove_passkey.html")
_change_password: View = account.PasswordChangeView.as_view(template_name="people/change_password.html")


def passkey_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Begin (GET) or finish (POST) signing in by passkey. Beginning writes a session, so it is limited as well."""
    refused: HttpResponseBase | None = consume_or_429(
        request, app="allauth.mfa", action="webauthn_begin", limit_get=True
    )
    return refused or _passkey_sign_in(request)


def change_password(request: Request) -> HttpResponseBase:
    """Somebody without a password gets one by mail."""
    if not own_account(request.actor).has_usable_password():
        return HttpResponseRedirect(reverse("account_reset_password"))
    return _change_password(request)


def passkeys(request: Request) -> HttpResponseBase:  # noqa: ARG001
    """allauth returns to a list of passkeys; ours is part of the page about security."""
    return HttpResponseRedirect(reverse("mfa_index"))


def remove_passkey(request: Request, pk: int) -> HttpResponseBase:
    """Remove a passkey, unless it is the last factor of somebody whose role demands one."""
    key = get_object_or_404(factors.passkeys_of(own_account(request.actor)), pk=pk)
    if factors.must_keep(key):
        return factors.refuse_removal(request)
    return _remove_passkey(request, pk=pk)

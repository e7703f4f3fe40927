"""The forms of sign-in, in our words. What they decide is allauth's."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people import services
from lingkar.directory.people.models import digits
from lingkar.directory.people.web.factors import FactorAdapter
from lingkar.foundation.access.web import Request

LONGEST_PASSWORD = 256
PASSWORD = pgettext_lazy("sign-in", "Password")
CODE_LIVES = 120
"""Seconds for which a code of the app stays used: longer than the clock tolerance lets it be valid."""


def sign_in_name(typed: str) -> str:
    """What somebody typed as e-mail address or NIP: a NIP loses its spaces and dots."""
    return typed.strip() if "@" in typed else digits(typed.replace(".", "").replace("-", ""))


class Words:
    """Gives the fields of an allauth form our labels and hints, and takes its placeholders away."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput) and isinstance(field, forms.CharField):
                field.max_length = LONGEST_PASSWORD
                field.widget.attrs["maxlength"] = LONGEST_PASSWORD


class SignInForm(Words, account.LoginForm):  # type: ignore[misc]
    """E-mail or NIP, and password."""

    labels = {"login": _("E-mail or NIP"), "password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": 254,
        }

    def clean_login(self) -> str:
        return sign_in_name(self.cleaned_data["login"])


class AgainForm(Words, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something sensitive."""

    labels = {"password": PASSWORD}


class ChangePasswordForm(Words, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password for somebody who knows the old one."""

    labels = {
        "oldpassword": _("Current password"),
        "password1": pgettext_lazy("sign-in", "New password"),
        "password2": _("New password once more"),
    }
    hints = {"password1": _("At least 10 characters. A sentence you remember is safer than a short riddle.")}


class SetPasswordForm(Words, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password for somebody who followed the link in a mail."""

    labels = {"password1": pgettext_lazy("sign-in", "New password"), "password2": _("New password once more")}
    hints = ChangePasswordForm.hints


class AskLinkForm(forms.Form):
    """Ask for a link to set a new password. The answer is the same for every address and every NIP."""

    email = forms.CharField(
        label=_("E-mail or NIP"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        return sign_in_name(self.cleaned_data["email"])

    def save(self, request: Request) -> None:
        services.ask_link(name=self.cleaned_data["email"], base=request.build_absolute_uri("/"))


class OnceOnly:
    """A code of the app is good for one sign-in, also while the clock tolerance would still accept it."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"people.code:{self.user.pk}:{''.join(code.split())}", 1, timeout=CODE_LIVES):
            raise FactorAdapter().validation_error("incorrect_code")
        return code


def numeric(field: forms.Field) -> None:
    """A field for digits: the number pad on a phone, and the code offered from the app or a message."""
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12}


class CodeForm(Words, OnceOnly, factor.AuthenticateForm):  # type: ignore[misc]
    """The code of the second step at sign-in; a recovery code does as well."""

    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numeric(self.fields["code"])


class CodeAgainForm(Words, OnceOnly, factor.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something sensitive."""

    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numeric(self.fields["code"])


class SetUpAppForm(Words, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    labels = {"code": _("Code from the app")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numeric(self.fields["code"])


class AddPasskeyForm(Words, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: always one that signs in by itself, so it always asks for fingerprint, face or PIN."""

    labels = {"name": _("Name of this passkey")}
    hints = {"name": _("So that you recognise it, such as “office phone”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"].max_length = 60

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class RenamePasskeyForm(Words, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels = AddPasskeyForm.labels

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60

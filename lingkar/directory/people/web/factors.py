"""The second step of sign-in: whether this session took it, and how its secrets are kept."""

import io
from typing import Any

import segno
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import actor_for, needs_second_factor
from lingkar.foundation.privacy import cipher

APP = str(Authenticator.Type.TOTP)
PASSKEY = str(Authenticator.Type.WEBAUTHN)
REAL = (APP, PASSKEY)
"""Recovery codes are a spare for one of these, never a second step of their own."""

DEMO = "demo"


def is_proven(request: HttpRequest) -> bool:
    """Whether the person of this session showed a second factor, or a passkey, in this very session."""
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    return "mfa" in methods or (settings.DEMO and DEMO in methods)


def kinds(account: Account) -> frozenset[str]:
    """Which second factors an account has: an authenticator app, a passkey, both or none."""
    return frozenset(Authenticator.objects.filter(user=account, type__in=REAL).values_list("type", flat=True))


def must_keep(authenticator: Authenticator) -> bool:
    """Whether this is the last factor of an account whose role demands one: it cannot be removed."""
    account: Account = authenticator.user
    others = Authenticator.objects.filter(user=account, type__in=REAL).exclude(pk=authenticator.pk)
    return needs_second_factor(actor_for(account, day=timezone.localdate())) and not others.exists()


def passkeys_of(account: Account) -> QuerySet[Authenticator]:
    """The passkeys of an account."""
    keys: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    return keys


def refuse_removal(request: HttpRequest) -> HttpResponseRedirect:
    """Back to the page about security, with the reason."""
    messages.error(request, FactorAdapter.error_messages["cannot_delete_authenticator"])
    return HttpResponseRedirect(reverse("mfa_index"))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's door to second factors: secrets encrypted at rest, our words, our QR code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Wait for the next code in the app and try again."),
        "cannot_delete_authenticator": _("Your role needs a second step. Add another one before you remove this one."),
        "cannot_generate_recovery_codes": _("Recovery codes come with an authenticator app or a passkey."),
    }

    def encrypt(self, text: str) -> str:
        return cipher.encrypt(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher.decrypt(encrypted_text.encode())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_keep(authenticator)

    def get_totp_issuer(self) -> str:
        return "Lingkar"

    def get_totp_label(self, user: Account) -> str:
        return user.email or user.nip or user.name

    def build_totp_svg(self, url: str) -> str:
        """A QR code with its white margin, so that it can be read on a dark page too."""
        picture = io.BytesIO()
        segno.make(url, error="m").save(
            picture, kind="svg", scale=5, border=4, light="#fff", dark="#000", xmldecl=False
        )
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return pgettext("name of a passkey", "Passkey") + (f" {count + 1}" if count else "")

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        label = self.get_totp_label(user)
        return {"id": user.pk.hex.encode(), "display_name": user.name, "name": label}

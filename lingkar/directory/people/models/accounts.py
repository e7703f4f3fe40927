"""Accounts and the grants that give them their actions."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import Unit
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import Agency, AgencyOwned


def digits(nip: str) -> str:
    """A NIP as it is stored: printed ``19900815 201601 1 005`` becomes its 18 digits."""
    return "".join(nip.split())


class Role(models.TextChoices):
    """What a person is to the agency. Code asks for actions; each module says which roles carry its actions."""

    OFFICER = "officer", _("Liaison officer (pejabat penghubung)")
    COORDINATOR = "coordinator", _("Complaint coordinator (admin instansi)")
    INSPECTOR = "inspector", _("Inspector (Inspektorat)")
    LEADER = "leader", _("Leader (pimpinan)")
    PERSONNEL = "personnel", _("Personnel officer (BKPSDM)")
    TRAINING = "training", _("Training administrator (BKPSDM)")
    SUPERVISOR = "supervisor", _("Line manager (atasan)")
    OPERATOR = "operator", _("Operator")


is_nip = RegexValidator(r"^[0-9]{18}\Z", _("A NIP has 18 digits."), code="nip")


class AccountManager(BaseUserManager["Account"]):
    """Finds and makes accounts. Accounts are read before the agency is known, so they are not scoped."""

    def create_user(self, *, agency: Agency, name: str, password: str | None = None, **fields: Any) -> "Account":
        """A new account with an e-mail address or a NIP (18 digits) to sign in with."""
        account = self.model(agency=agency, name=name, **fields)
        account.nip = digits(account.nip or "") or None
        account.email = (account.email or "").strip().lower() or None
        account.set_password(password)
        account.full_clean(exclude=["password"])
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. ``nip`` is 18 digits without spaces, or empty."""

    PERSONAL: ClassVar[Personal] = {"nip": Erase.BLANK, "email": Erase.BLANK, "name": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    nip = models.CharField("NIP", max_length=18, null=True, blank=True, unique=True, validators=[is_nip])
    email = models.EmailField(_("e-mail"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "nip"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
            models.CheckConstraint(
                condition=models.Q(nip__isnull=False) | models.Q(email__isnull=False) | models.Q(is_active=False),
                name="account_has_a_name_to_sign_in_with",
            ),
            models.CheckConstraint(
                condition=models.Q(nip__isnull=True) | models.Q(nip__regex=r"^[0-9]{18}$"),
                name="account_nip_has_18_digits",
            ),
        )

    def __str__(self) -> str:
        return self.name


class RoleGrant(AgencyOwned):
    """A role of a person over a unit and everything below it, between two dates. No unit means the whole agency.

    One that ``waits`` gives nothing: a second person, neither giver nor receiver, has to approve it.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=40, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    rests_from = models.DateField(null=True, blank=True, editable=False)
    rests_to = models.DateField(null=True, blank=True, editable=False)
    """While a colleague holds the role by delegation, this grant gives nothing."""
    waits = models.BooleanField(default=False, editable=False)
    given_by = models.UUIDField(null=True, editable=False)
    approved_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = (
            models.UniqueConstraint("account", "role", "unit", "valid_from", name="grant_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from") - timedelta(days=1)),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(rests_from__isnull=True, rests_to__isnull=True)
                | models.Q(rests_to__gte=models.F("rests_from")),
                name="grant_rests_from_day_to_day",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (~models.Q(approved_by=models.F("given_by")) & ~models.Q(approved_by=models.F("account")))
                & models.Q(waits=False),
                name="grant_approved_by_a_second_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} · {self.get_role_display()} · {self.unit or self.agency}"

"""The tenant of an installation, and the base of every row that belongs to one."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from lingkar.foundation.privacy import Personal


class Timezone(models.TextChoices):
    """The three civil time zones of Indonesia."""

    WIB = "Asia/Jakarta", _("Western Indonesia Time (WIB)")
    WITA = "Asia/Makassar", _("Central Indonesia Time (WITA)")
    WIT = "Asia/Jayapura", _("Eastern Indonesia Time (WIT)")


class Agency(models.Model):
    """One government (instansi) served by this installation: the tenant of all its rows."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    host = models.CharField(
        _("host name"), max_length=200, blank=True, help_text=_("The address under which citizens reach it.")
    )
    timezone = models.CharField(_("time zone"), max_length=40, choices=Timezone, default=Timezone.WIB)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = (models.UniqueConstraint("host", name="agency_host_once", condition=~models.Q(host="")),)

    def __str__(self) -> str:
        return self.name


class AgencyOwned(models.Model):
    """A row of one agency. Reading it outside ``agency_scope`` raises ``ScopeError``."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))

    objects: ClassVar[models.Manager[Self]] = ScopedManager(agency="agency")

    class Meta:
        abstract = True

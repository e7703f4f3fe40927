"""People of the agency: who they are, and where they work from when to when."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.orgs.models import Position, Unit
from lingkar.directory.people.models.accounts import Account, is_nip
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.search.columns import AS_WRITTEN, spellings_column, words_column
from lingkar.foundation.tenancy.models import AgencyOwned


class PersonKind(models.TextChoices):
    """Kinds of civil servant (UU 20/2023), and people from elsewhere who take part."""

    PNS = "pns", _("Civil servant (PNS)")
    CPNS = "cpns", _("Candidate civil servant (CPNS)")
    PPPK = "pppk", _("Contract civil servant (PPPK)")
    PPPK_PART_TIME = "pppk_part_time", _("Part-time contract civil servant (PPPK paruh waktu)")
    EXTERNAL = "external", _("Participant from outside")


class Sex(models.TextChoices):
    """As the 15th digit of a NIP tells it."""

    MALE = "male", _("Man")
    FEMALE = "female", _("Woman")


class Status(models.TextChoices):
    """Whether somebody serves the agency today."""

    ACTIVE = "active", _("Active")
    LEFT = "left", _("Moved or resigned")
    RETIRED = "retired", _("Retired")
    DIED = "died", _("Died")


PERSON_FIELDS = (
    "kind", "nip", "name", "birth_place", "birth_date", "sex", "golongan", "education", "email", "phone", "institution"
)  # fmt: skip
"""What is told about somebody: the fields of ``services.PersonFacts``."""


class Person(AgencyOwned):
    """Somebody who serves the agency or takes part in what it offers. ``nip`` is 18 digits; externals have none.

    A NIP stands once in the whole installation: who moves to another agency is released by one and taken by the other;
    the first keeps a row without the number (``moved_at``), because its history names it. After erasure
    (``erased_at``) the row stays without anything that names somebody, because history names its id.
    """

    PERSONAL: ClassVar[Personal] = {field: Erase.BLANK for field in PERSON_FIELDS if field not in ("kind", "golongan")}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(pgettext_lazy("employment", "kind"), max_length=20, choices=PersonKind)
    nip = models.CharField("NIP", max_length=18, null=True, blank=True, validators=[is_nip])
    name = models.CharField(_("name"), max_length=200)
    birth_place = models.CharField(_("place of birth"), max_length=100, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    golongan = models.CharField(_("grade (golongan)"), max_length=10, blank=True)
    education = models.CharField(_("education"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    email_by = models.UUIDField(null=True, editable=False)
    """Who wrote this address, where a person did: an invitation to it is sent by somebody else."""
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    status_since = models.DateField(_("status since"), null=True, blank=True)
    account = models.OneToOneField(
        Account, models.SET_NULL, null=True, blank=True, related_name="holder", verbose_name=_("account")
    )
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    spellings = spellings_column("name")
    words = words_column("name", config=AS_WRITTEN)

    placed: "list[Placement]"
    """Where they work on the day that was asked for; ``queries.people_in`` fills it."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = (
            models.Index(fields=("agency", "name", "id"), name="person_by_name"),
            models.Index(fields=("email",), name="person_by_email", condition=~models.Q(email="")),
            GinIndex(fields=("spellings",), name="person_spellings"),
            GinIndex(fields=("words",), name="person_words"),
        )
        constraints = (
            models.UniqueConstraint("nip", name="person_nip_once"),
            models.CheckConstraint(
                condition=models.Q(nip__isnull=True) | models.Q(nip__regex=r"^[0-9]{18}$"),
                name="person_nip_has_18_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(nip__isnull=False, erased_at__isnull=True) & ~models.Q(kind=PersonKind.EXTERNAL)
                | models.Q(nip__isnull=True, kind=PersonKind.EXTERNAL)
                | models.Q(nip__isnull=True, erased_at__isnull=False)
                | models.Q(nip__isnull=True, moved_at__isnull=False),
                name="person_nip_unless_external",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") | models.Q(erased_at__isnull=False), name="person_has_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Placement(AgencyOwned):
    """Where somebody works, as what, from when to when (both days included).

    At most one *main* placement holds on any day (a trigger of the database says so, too); an additional one
    (``is_main`` off) is an acting duty (Plt., Plh.).
    The title is the one of the decree of that time; the position, once named, may be called otherwise today.
    """

    PERSONAL: ClassVar[Personal] = {"title": Erase.KEEP}  # the organisation's own history; names nobody once blanked

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # no index of their own: those of two columns below begin with them
    person = models.ForeignKey(
        Person, models.CASCADE, db_index=False, related_name="placements", verbose_name=_("person")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+", verbose_name=_("unit"))
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    title = models.CharField(pgettext_lazy("placement", "title"), max_length=200, blank=True)
    is_main = models.BooleanField(_("main placement"), default=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        indexes = (
            models.Index(fields=("unit", "valid_from"), name="placement_by_unit"),
            models.Index(fields=("person", "valid_from"), name="placement_by_person"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="placement_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} · {self.unit}"

"""Positions in units, and what each was from when to when."""

from typing import ClassVar
from uuid import uuid4

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models.units import Unit
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned

ECHELON = r"^(I|II|III|IV|V)\.[abc]$"


class PositionKind(models.TextChoices):
    """Groups of positions of UU 20/2023: managerial ones, functional ones, and executives (pelaksana)."""

    JPT_UTAMA = "jpt_utama", _("Top leader, first rank (JPT utama)")
    JPT_MADYA = "jpt_madya", _("Top leader, middle rank (JPT madya)")
    JPT_PRATAMA = "jpt_pratama", _("Top leader (JPT pratama)")
    ADMINISTRATOR = "administrator", _("Administrator")
    SUPERVISOR = "supervisor", _("Supervisor (pengawas)")
    FUNCTIONAL = "functional", _("Functional")
    EXECUTIVE = "executive", _("Executive (pelaksana)")


class PositionLevel(models.TextChoices):
    """Levels (jenjang) of functional positions: of skill, then of expertise."""

    PEMULA = "pemula", _("Pemula")
    TERAMPIL = "terampil", _("Terampil")
    MAHIR = "mahir", _("Mahir")
    PENYELIA = "penyelia", _("Penyelia")
    AHLI_PERTAMA = "ahli_pertama", _("Ahli pertama")
    AHLI_MUDA = "ahli_muda", _("Ahli muda")
    AHLI_MADYA = "ahli_madya", _("Ahli madya")
    AHLI_UTAMA = "ahli_utama", _("Ahli utama")


POSITION_TELLS = ("title", "kind", "level", "echelon", "leads", "seats", "profile")
"""What a state tells of a position."""


class PositionFacts(AgencyOwned):
    """What is told of a position, today or between two days.

    ``profile`` is the level from 1 to 5 that each competency must have here, by code; without one, the level of its
    group holds (``queries.profile_of``). ``echelon`` is empty where posts became functional.
    """

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=PositionKind)
    level = models.CharField(_("level"), max_length=20, choices=PositionLevel, blank=True)
    echelon = models.CharField(
        _("echelon"),
        max_length=5,
        null=True,
        blank=True,
        validators=[RegexValidator(ECHELON, _("Write the echelon such as II.b."), code="echelon")],
    )
    leads = models.BooleanField(_("leads the unit"), default=False)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1, validators=[MinValueValidator(1)])
    profile = models.JSONField(_("required competence"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


def facts_hold(name: str) -> tuple[models.CheckConstraint, ...]:
    """What is true of the facts of every position, today and on any other day."""
    return (
        models.CheckConstraint(
            condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            name=f"{name}_ends_after_it_begins",
        ),
        models.CheckConstraint(condition=models.Q(seats__gte=1), name=f"{name}_has_a_seat"),
        models.CheckConstraint(
            condition=models.Q(level="") | models.Q(kind=PositionKind.FUNCTIONAL),
            name=f"{name}_level_is_for_functional",
        ),
        models.CheckConstraint(
            condition=models.Q(echelon__isnull=True) | models.Q(echelon__regex=ECHELON), name=f"{name}_echelon_is_one"
        ),
        models.CheckConstraint(
            condition=models.Q(leads=False) | models.Q(seats=1), name=f"{name}_of_a_head_has_one_seat"
        ),
    )


class Position(PositionFacts):
    """A position (jabatan) in a unit as it is today, with as many seats as the unit needs.

    Its past and its plans are in ``PositionState``; ``valid_from`` and ``valid_to`` are the first and last day of its
    life. It stays in its unit.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    code = models.SlugField(_("code"), max_length=60)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ("title",)
        constraints = (
            models.UniqueConstraint("agency", "code", name="position_code_once"),
            *facts_hold("position"),
        )
        indexes = (models.Index("unit", "valid_from", name="position_of_unit"),)


class PositionState(PositionFacts):
    """What a position was between two days, both included; open at the end while it holds.

    States of one position never overlap, and no unit is led by two positions on one day: constraints of the database
    (migration 0006) say so.
    """

    PERSONAL: ClassVar[Personal] = {}

    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name=_("position"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("state of a position")
        verbose_name_plural = _("states of positions")
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint("position", "valid_from", name="position_state_begins_once"),
            *facts_hold("position_state"),
        )
        indexes = (models.Index("unit", "valid_from", name="position_state_of_unit"),)

"""Working weeks and days off."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class WorkWeek(AgencyOwned):
    """Which days of the week an office works: five days for most, six for some service units."""

    PERSONAL: ClassVar[Personal] = {}

    name = models.CharField(_("name"), max_length=80)
    days = models.CharField(
        _("working days"), max_length=7, default="12345", help_text=_("Digits 1 (Monday) to 7 (Sunday).")
    )
    is_default = models.BooleanField(_("used where a unit names none"), default=False)

    class Meta:
        verbose_name = _("working week")
        verbose_name_plural = _("working weeks")
        constraints = (
            models.UniqueConstraint("agency", name="workweek_one_default", condition=models.Q(is_default=True)),
        )

    def __str__(self) -> str:
        return self.name


class DayOffKind(models.TextChoices):
    """Why a day is not worked. Both kinds stop the clock of a promise."""

    HOLIDAY = "holiday", _("Public holiday")
    JOINT_LEAVE = "joint_leave", _("Joint leave (cuti bersama)")
    LOCAL = "local", _("Local day off")


class DayOff(AgencyOwned):
    """One day on which the agency does not work. ``is_estimate``: the decree for that year is not out yet."""

    PERSONAL: ClassVar[Personal] = {}

    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=DayOffKind, default=DayOffKind.HOLIDAY)
    is_estimate = models.BooleanField(_("estimated"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ("date",)
        constraints = (models.UniqueConstraint("agency", "date", name="dayoff_once"),)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"


class FilledYear(AgencyOwned):
    """A year whose national days off were added once. What a person removed afterwards is not added again."""

    PERSONAL: ClassVar[Personal] = {}

    year = models.PositiveSmallIntegerField(_("year"))

    class Meta:
        verbose_name = _("filled year")
        verbose_name_plural = _("filled years")
        constraints = (models.UniqueConstraint("agency", "year", name="filledyear_once"),)

    def __str__(self) -> str:
        return str(self.year)

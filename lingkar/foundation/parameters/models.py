"""Values of parameters, each from a date on. Rows are added, never changed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import Agency


class Parameter(models.Model):
    """The value of ``key`` from ``valid_from`` on: an agency's own, or the installation's where ``agency`` is empty.

    Not ``AgencyOwned``, because the values that ship belong to every agency alike; ``queries`` is the only reader.
    The row added last wins among those of one date, so a slip is corrected by another row and stays on record.
    """

    PERSONAL: ClassVar[Personal] = {}  # ``added_by`` is a pseudonym: erasing the account leaves an id that names nobody

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    key = models.CharField(_("key"), max_length=80)
    value = models.JSONField(_("value"))
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_doubtful = models.BooleanField(_("not yet confirmed"), default=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.UUIDField(_("added by"), null=True, blank=True)

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        indexes = (models.Index(fields=("key", "agency", "-valid_from", "-id"), name="parameter_by_key_and_date"),)
        constraints = (models.CheckConstraint(condition=~models.Q(source=""), name="parameter_has_a_source"),)

    def __str__(self) -> str:
        return f"{self.key} ({self.valid_from:%Y-%m-%d})"

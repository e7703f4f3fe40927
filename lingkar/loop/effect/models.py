"""What is to be found out about a training, said before it begins; and what was found on each day that it was asked."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import Unit
from lingkar.directory.services.models import Service
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.loop.effect import rules


class Outcome(models.TextChoices):
    """What is looked at."""

    CASES = "cases", _("Reports whose cause training can cure, per 1,000 transactions")
    COMPETENCE = "U6", _("Survey: competence of officers (U6)")
    CONDUCT = "U7", _("Survey: conduct of officers (U7)")


class VerdictKind(models.TextChoices):
    """What can be said of a training."""

    BETTER = rules.Kind.BETTER, _("Better")
    NO_LARGER = rules.Kind.NO_LARGER, _("No larger change")
    WORSE = rules.Kind.WORSE, _("Worse")
    CANNOT_TELL = rules.Kind.CANNOT_TELL, _("Cannot tell yet")


class Study(AgencyOwned):
    """What is looked at to see whether training helped a service. No verb changes it once it is registered.

    ``margin``: the smallest change that matters, a share (cases) or points of a score (survey). ``delay``: days after
    the training begins until it is expected to show. ``registered_by`` is the account's id.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    outcome = models.CharField(_("what is looked at"), max_length=10, choices=Outcome)
    margin = models.DecimalField(_("smallest change that matters"), max_digits=4, decimal_places=3)
    delay = models.PositiveSmallIntegerField(_("days until it shows"), default=0)
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.UUIDField(null=True, blank=True)
    is_late = models.BooleanField(_("registered after the training began"), default=False)

    class Meta:
        verbose_name = _("study of an effect")
        verbose_name_plural = _("studies of effects")
        ordering = ("-registered_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(margin__gt=0, margin__lt=1), name="study_margin_usable"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="study_outcome_known"),
        )
        indexes = (models.Index(fields=("service", "-registered_at"), name="study_of_service"),)

    def __str__(self) -> str:
        return f"{self.service_id} {self.outcome}"


class StudyUnit(AgencyOwned):
    """A unit that a study follows, with the first day of its training; without one it is compared with."""

    PERSONAL: ClassVar[Personal] = {}

    study = models.ForeignKey(Study, models.CASCADE, related_name="units", verbose_name=_("study"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    begins_on = models.DateField(_("training begins"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit of a study")
        verbose_name_plural = _("units of a study")
        constraints = (models.UniqueConstraint("study", "unit", name="study_unit_once"),)


class Finding(AgencyOwned):
    """What a study said on a day. A later one stands beside it; none is changed but that of the same day."""

    PERSONAL: ClassVar[Personal] = {}

    study = models.ForeignKey(Study, models.CASCADE, related_name="findings", verbose_name=_("study"))
    on = models.DateField(_("day"))
    kind = models.CharField(_("verdict"), max_length=20, choices=VerdictKind)
    doubt = models.CharField(max_length=30, blank=True)
    change = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    smallest = models.FloatField(null=True)
    seen = models.FloatField(null=True)

    class Meta:
        verbose_name = _("finding of a study")
        verbose_name_plural = _("findings of studies")
        ordering = ("-on",)
        constraints = (
            models.UniqueConstraint("study", "on", name="finding_day_once"),
            models.CheckConstraint(condition=Q(kind__in=VerdictKind.values), name="finding_kind_known"),
        )

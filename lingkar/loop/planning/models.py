"""The year's plan of training: money, runs, and who goes."""

from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people.models import Person
from lingkar.directory.services.models import Service
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.grow.programmes.models import Cohort


class PlanState(models.TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")


class Source(models.TextChoices):
    """Who pays."""

    APBD = "apbd", _("Regional budget (APBD)")
    BLUD = "blud", _("Own revenue (BLUD)")
    PARTNER = "partner", _("Partner")


class Stage(models.IntegerChoices):
    """How far the search for a proposal is."""

    WAITING = 0, _("Waits for its turn")
    GATHERING = 1, _("Gathers gaps, hours and counters")
    SEARCHING = 2, _("Searches the best plan")


class Plan(AgencyOwned):
    """The plan of one year. ``value`` and ``bound`` are those of the last proposal; ``solved_at`` None: none yet.

    ``asked_at`` stands while a proposal is looked for. ``collide``: the rules that could not be kept together the last
    time; ``ran_out``: the time was over before anything was found. The proposal before it still stands then.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(pgettext_lazy("plan", "state"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    value = models.FloatField(_("value"), null=True)
    bound = models.FloatField(_("bound"), null=True)
    targets_kept = models.BooleanField(default=False)
    solved_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.WAITING, editable=False)
    ran_out = models.BooleanField(default=False, editable=False)
    collide = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("training plan")
        verbose_name_plural = _("training plans")
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint("agency", "year", name="plan_year_once"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
        )

    def __str__(self) -> str:
        return str(self.year)


class Budget(AgencyOwned):
    """What one source pays in a year, in rupiah."""

    PERSONAL: ClassVar[Personal] = {}

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="budgets", verbose_name=_("training plan"))
    source = models.CharField(_("who pays"), max_length=10, choices=Source)
    amount = models.PositiveBigIntegerField(_("amount in rupiah"))

    class Meta:
        verbose_name = _("training budget")
        verbose_name_plural = _("training budgets")
        constraints = (
            models.UniqueConstraint("plan", "source", name="budget_source_once"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="budget_source_known"),
        )


class Run(AgencyOwned):
    """A training that may be held: what it teaches up to which level, for whom, when, and what it costs.

    ``why_not``: what keeps the last proposal from holding it. ``cohort``: what was opened from it, once.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="runs", verbose_name=_("training plan"))
    title = models.CharField(_("name of the training"), max_length=160)
    competency = models.SlugField(_("competency"), max_length=40)
    level = models.PositiveSmallIntegerField(_("level it brings"))
    least = models.PositiveSmallIntegerField(_("fewest participants"))
    most = models.PositiveSmallIntegerField(_("seats of the training"))
    jp = models.DecimalField(_("hours (JP)"), max_digits=5, decimal_places=1)
    cost = models.PositiveBigIntegerField(_("cost in rupiah"))
    source = models.CharField(_("who pays"), max_length=10, choices=Source)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    why_not = models.CharField(_("why it is not held"), max_length=20, blank=True)
    cohort = models.OneToOneField(
        Cohort, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cohort")
    )

    class Meta:
        verbose_name = _("planned training")
        verbose_name_plural = _("planned trainings")
        ordering = ("first", "title", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="run_level_1_to_5"),
            models.CheckConstraint(condition=Q(least__gte=1, least__lte=F("most")), name="run_seats_in_order"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="run_days_in_order"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def meant_for(self) -> UUID | None:
        """The service whose people alone may go, or whose need it answers although others go as well."""
        return self.service_id or (self.suggestion.service_id if hasattr(self, "suggestion") else None)


class Suggestion(AgencyOwned):
    """What was decided about a training that a need speaks for: taken as a ``run``, or left (None).

    ``reason`` are the numbers of the need on that day (``needs.queries.Reason``), ``size`` how large it was (0–1).
    """

    PERSONAL: ClassVar[Personal] = {}

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="suggestions", verbose_name=_("training plan"))
    service = models.ForeignKey(Service, models.CASCADE, related_name="+", verbose_name=_("service"))
    competency = models.SlugField(_("competency"), max_length=40)
    run = models.OneToOneField(
        Run, models.CASCADE, null=True, blank=True, related_name="suggestion", verbose_name=_("planned training")
    )
    size = models.FloatField(_("need"))
    reason = models.JSONField(_("reason"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("suggested training")
        verbose_name_plural = _("suggested trainings")
        constraints = (models.UniqueConstraint("plan", "service", "competency", name="suggestion_once"),)


class Assignment(AgencyOwned):
    """Somebody who goes: what it closes (``attained`` to ``closes``), and whether a person decided it.

    With ``goes`` False they stay although the training would close a gap, and ``why`` says the reason: decided by hand
    (the next proposal keeps to it), or what sending them would break.
    """

    PERSONAL: ClassVar[Personal] = {
        "attained": Erase.DELETE,
        "closes": Erase.DELETE,
        "goes": Erase.DELETE,
        "by_hand": Erase.DELETE,
        "why": Erase.DELETE,
    }

    run = models.ForeignKey(Run, models.CASCADE, related_name="assignments", verbose_name=_("planned training"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    attained = models.PositiveSmallIntegerField(_("attained level"))
    closes = models.PositiveSmallIntegerField(_("level afterwards"))
    goes = models.BooleanField(_("goes"), default=True)
    by_hand = models.BooleanField(_("decided by a person"), default=False)
    why = models.CharField(_("why not"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("place in a planned training")
        verbose_name_plural = _("places in planned trainings")
        constraints = (models.UniqueConstraint("run", "person", name="assignment_once"),)

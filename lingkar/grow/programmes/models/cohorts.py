"""Kinds of programmes, their cohorts, and the people in them."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.orgs.models import Unit
from lingkar.directory.people.models import Person
from lingkar.directory.services.models import Service
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.grow.programmes import rules


class CohortState(models.TextChoices):
    """How far a cohort is."""

    DRAFT = rules.State.DRAFT.value, pgettext_lazy("cohort", "In preparation")
    OPEN = rules.State.OPEN.value, pgettext_lazy("cohort", "Takes participants")
    RUNNING = rules.State.RUNNING.value, pgettext_lazy("cohort", "Running")
    CLOSED = rules.State.CLOSED.value, pgettext_lazy("cohort", "Closed")


class Standing(models.TextChoices):
    """Where a participant stands."""

    ENROLLED = rules.Standing.ENROLLED.value, pgettext_lazy("participant", "Takes part")
    WITHDRAWN = rules.Standing.WITHDRAWN.value, pgettext_lazy("participant", "Withdrawn")
    PASSED = rules.Standing.PASSED.value, pgettext_lazy("participant", "Passed")
    DEFERRED = rules.Standing.DEFERRED.value, pgettext_lazy("participant", "Deferred")
    FAILED = rules.Standing.FAILED.value, pgettext_lazy("participant", "Not passed")


class Origin(models.TextChoices):
    """From where somebody came to a cohort."""

    AGENCY = "agency", pgettext_lazy("origin", "Civil servant of the agency")
    CPNS = "cpns", pgettext_lazy("origin", "Candidate civil servant (CPNS)")
    ACADEMY = "academy", pgettext_lazy("origin", "Graduate of a government academy")
    OUTSIDE = "outside", pgettext_lazy("origin", "From another institution")


class DutyKind(models.TextChoices):
    """What somebody does for a cohort besides learning."""

    TRAINER = "trainer", _("Trainer")
    MENTOR = "mentor", _("Mentor")
    COACH = "coach", pgettext_lazy("duty", "Coach")
    EXAMINER = "examiner", _("Examiner")


class ProgrammeType(AgencyOwned):
    """A kind of programme: its ``scheme`` is data that ``schemes.read`` understands."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(pgettext_lazy("cohort", "title"), max_length=160)
    scheme = models.JSONField(_("scheme"))

    class Meta:
        verbose_name = _("kind of programme")
        verbose_name_plural = _("kinds of programmes")
        ordering = ("title",)
        constraints = (models.UniqueConstraint("agency", "code", name="programme_type_code_once"),)

    def __str__(self) -> str:
        return self.title


class Cohort(AgencyOwned):
    """One run of a programme (angkatan). ``scheme`` is that of its kind on the day it was made; it may differ since.

    ``service`` and ``competencies`` say what it is meant to better: what an effect is looked for in.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    type = models.ForeignKey(ProgrammeType, models.PROTECT, related_name="cohorts", verbose_name=_("kind"))
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(pgettext_lazy("cohort", "title"), max_length=160)
    scheme = models.JSONField(_("scheme"))
    seats = models.PositiveSmallIntegerField(pgettext_lazy("cohort", "seats"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    place = models.CharField(pgettext_lazy("cohort", "place"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CohortState, default=CohortState.DRAFT)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service to be bettered")
    )
    competencies = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("competencies"))
    closed_at = models.DateTimeField(pgettext_lazy("cohort", "closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ("-first_day", "code")
        constraints = (
            models.UniqueConstraint("agency", "code", name="cohort_code_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="cohort_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=rules.MOST_SEATS), name="cohort_seats"),
            models.CheckConstraint(condition=Q(state__in=CohortState.values), name="cohort_state_known"),
            models.CheckConstraint(
                condition=Q(state=CohortState.CLOSED, closed_at__isnull=False)
                | ~Q(state=CohortState.CLOSED) & Q(closed_at__isnull=True),
                name="cohort_closed_at_a_time",
            ),
        )
        indexes = (models.Index(fields=("agency", "-first_day", "code"), name="cohort_newest"),)

    def __str__(self) -> str:
        return self.title


class CohortUnit(AgencyOwned):
    """A unit whose people a cohort is for."""

    PERSONAL: ClassVar[Personal] = {}

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="units", verbose_name=_("cohort"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("unit of a cohort")
        verbose_name_plural = _("units of a cohort")
        constraints = (models.UniqueConstraint("cohort", "unit", name="cohort_unit_once"),)


class Subject(AgencyOwned):
    """What is taught, with its hours. ``unit`` is the office that made it; ``course`` and ``quiz`` are codes."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="subjects", verbose_name=_("cohort"))
    number = models.PositiveSmallIntegerField(_("number"))
    part = models.CharField(pgettext_lazy("programme", "part"), max_length=40)
    title = models.CharField(pgettext_lazy("cohort", "title"), max_length=160)
    jp = models.PositiveSmallIntegerField(_("hours (JP)"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("office that made it")
    )
    course = models.SlugField(_("code of the course"), max_length=40, blank=True)
    quiz = models.SlugField(_("code of the quiz"), max_length=40, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("programme", "subject")
        verbose_name_plural = pgettext_lazy("programme", "subjects")
        ordering = ("cohort", "number")
        constraints = (
            models.UniqueConstraint("cohort", "number", name="subject_number_once"),
            models.CheckConstraint(condition=Q(jp__gte=1), name="subject_has_hours"),
        )

    def __str__(self) -> str:
        return self.title


class Participant(AgencyOwned):
    """Somebody in a cohort. ``unit`` is where they worked when they joined; ``institution`` from where they came.

    ``final`` and ``predicate`` are what the last meeting decided.
    """

    PERSONAL: ClassVar[Personal] = {
        "institution": Erase.BLANK,
        "final": Erase.KEEP,
        "predicate": Erase.KEEP,
        "reason": Erase.BLANK,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="participants", verbose_name=_("cohort"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.AGENCY)
    institution = models.CharField(pgettext_lazy("participant", "institution"), max_length=200, blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.ENROLLED)
    joined_at = models.DateTimeField(_("joined"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    final = models.DecimalField(_("final mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    predicate = models.CharField(_("predicate"), max_length=10, blank=True)
    finished_on = models.DateField(pgettext_lazy("participant", "finished"), null=True, blank=True)
    reacted_on = models.DateField(_("answered the questions"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.UniqueConstraint("cohort", "person", name="participant_once"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="participant_standing_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="participant_origin_known"),
            models.CheckConstraint(
                condition=~Q(standing=Standing.PASSED) | Q(finished_on__isnull=False, final__isnull=False),
                name="participant_passed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(final__isnull=True) | Q(final__gte=0, final__lte=100), name="participant_final_mark"
            ),
        )
        indexes = (
            models.Index(fields=("person", "cohort"), name="participant_by_person"),
            models.Index(fields=("unit", "standing"), name="participant_by_unit"),
        )


class Duty(AgencyOwned):
    """Somebody trains, mentors, coaches or examines: one participant, or with none all of the cohort."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="duties", verbose_name=_("cohort"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = models.CharField(pgettext_lazy("duty", "kind"), max_length=10, choices=DutyKind)
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, blank=True, related_name="guided_by", verbose_name=_("participant")
    )

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = (
            models.UniqueConstraint("cohort", "person", "kind", "participant", name="duty_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(kind__in=DutyKind.values), name="duty_kind_known"),
        )
        indexes = (models.Index(fields=("person", "kind"), name="duty_by_person"),)

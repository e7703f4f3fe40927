"""Projects of people: an issue, an idea, steps with their proof, and what others said about it."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.act.projects import rules
from lingkar.directory.people.models import Person
from lingkar.directory.services.models import Service
from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class ProjectState(models.TextChoices):
    """How far a project is."""

    DRAFT = rules.State.DRAFT.value, pgettext_lazy("project", "Being written")
    OFFERED = rules.State.OFFERED.value, pgettext_lazy("project", "Waits for the mentor's word")
    AGREED = rules.State.AGREED.value, pgettext_lazy("project", "Agreed")
    RUNNING = rules.State.RUNNING.value, pgettext_lazy("project", "Being carried out")
    REPORTED = rules.State.REPORTED.value, pgettext_lazy("project", "Reported")
    CLOSED = rules.State.CLOSED.value, pgettext_lazy("project", "Closed")


class PartKind(models.TextChoices):
    """What somebody does for the project of another."""

    MENTOR = rules.Part.MENTOR.value, _("Mentor")
    COACH = rules.Part.COACH.value, pgettext_lazy("duty", "Coach")
    EXAMINER = rules.Part.EXAMINER.value, _("Examiner")


class RemarkKind(models.TextChoices):
    """What a remark did."""

    NOTE = "note", pgettext_lazy("remark", "Advice")
    OFFERED = "offered", pgettext_lazy("remark", "Asked for a word")
    RETURNED = "returned", pgettext_lazy("remark", "Asked for a change")
    AGREED = "agreed", pgettext_lazy("remark", "Agreed")
    REPORTED = "reported", pgettext_lazy("remark", "Reported")
    REVIEWED = "reviewed", pgettext_lazy("remark", "Judged")


class Project(AgencyOwned):
    """A betterment that one person plans, carries out and reports. ``service`` is the service that it betters."""

    PERSONAL: ClassVar[Personal] = {
        "title": Erase.BLANK,
        "issue": Erase.BLANK,
        "idea": Erase.BLANK,
        "result": Erase.BLANK,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    title = models.CharField(pgettext_lazy("project", "title"), max_length=160, blank=True)
    issue = models.TextField(_("issue"), max_length=rules.LONGEST, blank=True)
    idea = models.TextField(_("idea"), max_length=rules.LONGEST, blank=True)
    result = models.TextField(_("what came of it"), max_length=rules.LONGEST, blank=True)
    state = models.CharField(
        pgettext_lazy("project", "state"), max_length=10, choices=ProjectState, default=ProjectState.DRAFT
    )
    begun_at = models.DateTimeField(_("begun"))
    moved_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = (models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="project_state_known"),)
        indexes = (
            models.Index(fields=("person", "begun_at"), name="project_by_person"),
            models.Index(fields=("service", "state"), name="project_by_service"),
        )

    def __str__(self) -> str:
        return self.title or str(_("Project without a title"))


class Reviewer(AgencyOwned):
    """Somebody who guides, advises or judges one project."""

    PERSONAL: ClassVar[Personal] = {}

    project = models.ForeignKey(Project, models.CASCADE, related_name="reviewers", verbose_name=_("project"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    part = models.CharField(_("part played"), max_length=10, choices=PartKind)

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        constraints = (
            models.UniqueConstraint("project", "person", "part", name="reviewer_once"),
            models.CheckConstraint(condition=Q(part__in=PartKind.values), name="reviewer_part_known"),
        )
        indexes = (models.Index(fields=("person", "part"), name="reviewer_by_person"),)


class Step(AgencyOwned):
    """A thing to be done until a day; ``note`` is what was done, on ``done_on``."""

    PERSONAL: ClassVar[Personal] = {"title": Erase.BLANK, "note": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="steps", verbose_name=_("project"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("step"), max_length=200)
    due = models.DateField(_("to be done by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.TextField(_("what was done"), max_length=2000, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("project", "step")
        verbose_name_plural = pgettext_lazy("project", "steps")
        ordering = ("number",)
        constraints = (models.UniqueConstraint("project", "number", name="step_number_once"),)

    def __str__(self) -> str:
        return self.title


class Evidence(AgencyOwned):
    """A photo or PDF that shows that a step was done."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    step = models.ForeignKey(
        Step, models.CASCADE, related_name="evidence", verbose_name=pgettext_lazy("project", "step")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("added_at", "id")


class Remark(AgencyOwned):
    """One line of the history of a project: who said what about it, and what that did."""

    PERSONAL: ClassVar[Personal] = {"words": Erase.BLANK}

    project = models.ForeignKey(Project, models.CASCADE, related_name="remarks", verbose_name=_("project"))
    kind = models.CharField(pgettext_lazy("remark", "kind"), max_length=10, choices=RemarkKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    words = models.TextField(_("words"), max_length=rules.LONGEST, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("at", "id")
        indexes = (models.Index(fields=("project", "at"), name="remark_of_project"),)


class Review(AgencyOwned):
    """The judgement of one reviewer in one part: a mark 0–100 per criterion, their mean, and words."""

    PERSONAL: ClassVar[Personal] = {"words": Erase.KEEP, "mark": Erase.KEEP}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews", verbose_name=_("project"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    part = models.CharField(_("part played"), max_length=10, choices=PartKind)
    marks = models.JSONField(pgettext_lazy("project", "marks"))
    mark = models.DecimalField(_("mark"), max_digits=5, decimal_places=2)
    words = models.TextField(_("words"), max_length=rules.LONGEST, blank=True)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = (
            models.UniqueConstraint("project", "person", "part", name="review_once"),
            models.CheckConstraint(condition=Q(mark__gte=0, mark__lte=100), name="review_mark_within_100"),
        )

"""Courses and their lessons, who learns from them, and how far they are."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.orgs.models import Unit
from lingkar.directory.people.models import Person
from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class CourseState(models.TextChoices):
    """Whether people may learn from a course."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("course", "Published")


class Course(AgencyOwned):
    """Lessons about one thing. ``code`` stands in its address and never changes.

    ``competency`` is the code of a competency of the dictionary, or empty; ``level`` the one that the course brings.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(pgettext_lazy("learning", "title"), max_length=160)
    summary = models.CharField(_("what it is about"), max_length=400, blank=True)
    competency = models.CharField(_("competency"), max_length=60, blank=True)
    level = models.PositiveSmallIntegerField(_("level that it brings"), null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that owns it"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0, editable=False)
    review_on = models.DateField(_("to be reviewed on"))
    state = models.CharField(_("state"), max_length=10, choices=CourseState, default=CourseState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    published_at = models.DateTimeField(pgettext_lazy("course", "published"), null=True, blank=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint("agency", "code", name="course_code_once"),
            models.CheckConstraint(condition=Q(state__in=CourseState.values), name="course_state_known"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=5), name="course_level_known"
            ),
        )
        indexes = (models.Index(fields=("agency", "title"), name="course_by_title"),)

    def __str__(self) -> str:
        return self.title


class Lesson(AgencyOwned):
    """Some minutes of a course: blocks as ``rules.blocks_of`` reads them."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons", verbose_name=_("course"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(pgettext_lazy("learning", "title"), max_length=160)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    blocks = models.JSONField(_("blocks"), default=list)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ("course", "number")
        constraints = (models.UniqueConstraint("course", "number", name="lesson_number_once"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Material(AgencyOwned):
    """A file of a course, by the name under which lessons show it."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    course = models.ForeignKey(Course, models.CASCADE, related_name="materials", verbose_name=_("course"))
    name = models.CharField(_("name"), max_length=80)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ("course", "name")
        constraints = (models.UniqueConstraint("course", "name", name="material_name_once"),)

    def __str__(self) -> str:
        return self.name


class Enrolment(AgencyOwned):
    """Somebody learns from a course, and through what they came to it (``source``: ``cohort:<uuid>``, ``own``)."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name=_("course"))
    source = models.CharField(_("through"), max_length=80)
    since = models.DateTimeField(_("since"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = (
            models.UniqueConstraint("person", "course", "source", name="enrolment_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("since")), name="enrolment_left_after"
            ),
        )
        indexes = (models.Index(fields=("course", "person"), name="enrolment_of_course"),)


class Progress(AgencyOwned):
    """A block of a lesson that somebody has done; an empty ``block`` is the lesson as a whole.

    ``done_at`` is the server's time of its arrival; ``told_at`` what the phone said its own clock showed: told, and
    never used.
    """

    PERSONAL: ClassVar[Personal] = {"told_at": Erase.DELETE}

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+", verbose_name=_("lesson"))
    block = models.CharField(_("block"), max_length=20, blank=True)
    done_at = models.DateTimeField(_("done"))
    told_at = models.DateTimeField(_("time of the phone"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = (models.UniqueConstraint("person", "lesson", "block", name="progress_once"),)
        indexes = (models.Index(fields=("lesson", "person"), condition=Q(block=""), name="progress_whole"),)


class CheckAnswer(AgencyOwned):
    """One answer to a check question, by the uuid that the phone gave it: sent twice it is one."""

    PERSONAL: ClassVar[Personal] = {"choice": Erase.DELETE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+", verbose_name=_("lesson"))
    block = models.CharField(_("block"), max_length=20)
    key = models.UUIDField()
    choice = models.PositiveSmallIntegerField(_("choice"))
    is_right = models.BooleanField(_("right"))
    saved_at = models.DateTimeField(_("saved"))
    told_at = models.DateTimeField(_("time of the phone"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a check question")
        verbose_name_plural = _("answers to check questions")
        constraints = (models.UniqueConstraint("person", "key", name="check_answer_once"),)
        indexes = (models.Index(fields=("person", "lesson"), name="check_answers_of"),)

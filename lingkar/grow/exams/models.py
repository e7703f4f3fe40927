"""Quizzes, their questions, and each attempt with every answer as it was given."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.orgs.models import Unit
from lingkar.directory.people.models import Person
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import Agency, AgencyOwned
from lingkar.grow.courses.models import Course


class Quiz(AgencyOwned):
    """Questions with a time and a pass mark. With a ``course``, for those who learn from it; else for everybody.

    ``shown`` questions are drawn for each attempt. It is open from ``opens_at`` until ``closes_at``, once published.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(pgettext_lazy("learning", "title"), max_length=160)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that owns it"))
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    shown = models.PositiveSmallIntegerField(_("questions shown"))
    pass_mark = models.DecimalField(_("pass mark"), max_digits=5, decimal_places=2)
    attempts = models.PositiveSmallIntegerField(_("attempts allowed"), default=1)
    opens_at = models.DateTimeField(pgettext_lazy("quiz", "opens"), null=True, blank=True)
    closes_at = models.DateTimeField(pgettext_lazy("quiz", "closes"), null=True, blank=True)
    published_at = models.DateTimeField(pgettext_lazy("course", "published"), null=True, blank=True)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint("agency", "code", name="quiz_code_once"),
            models.CheckConstraint(condition=Q(pass_mark__gte=0, pass_mark__lte=100), name="quiz_pass_mark"),
            models.CheckConstraint(condition=Q(minutes__gte=1, shown__gte=1, attempts__gte=1), name="quiz_numbers"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="quiz_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Question(AgencyOwned):
    """One question with two to six choices, of which ``key`` (from 0) is right."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions", verbose_name=_("quiz"))
    number = models.PositiveSmallIntegerField(_("number"))
    stem = models.TextField(_("question"), max_length=2000)
    options = models.JSONField(_("choices"), default=list)
    key = models.PositiveSmallIntegerField(_("right choice"))
    explanation = models.TextField(_("explanation"), max_length=2000)
    marks = models.PositiveSmallIntegerField(_("marks"), default=1)

    class Meta:
        verbose_name = pgettext_lazy("quiz", "question")
        verbose_name_plural = pgettext_lazy("quiz", "questions")
        ordering = ("quiz", "number")
        constraints = (
            models.UniqueConstraint("quiz", "number", name="question_number_once"),
            models.CheckConstraint(condition=Q(marks__gte=1), name="question_marks"),
        )


class Restart(AgencyOwned):
    """From ``begun_at`` on somebody's attempts at a quiz count anew, because they came to it through ``source``.

    A quiz serves one cohort after the other: who took it in an earlier one begins again, with all attempts.
    """

    PERSONAL: ClassVar[Personal] = {}

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="+", verbose_name=_("quiz"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    source = models.CharField(_("source"), max_length=60)
    begun_at = models.DateTimeField(_("started"))

    class Meta:
        verbose_name = _("fresh start at a quiz")
        verbose_name_plural = _("fresh starts at quizzes")
        constraints = (models.UniqueConstraint("quiz", "person", "source", name="restart_once"),)


class Attempt(AgencyOwned):
    """Somebody takes a quiz, from ``started_at`` until ``ends_at`` by the server's clock.

    ``questions`` and ``orders`` are the paper: the n-th question, and its choices in the order in which they are shown.
    """

    PERSONAL: ClassVar[Personal] = {"score": Erase.KEEP}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="+", verbose_name=_("quiz"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    number = models.PositiveSmallIntegerField(_("number of the attempt"))
    started_at = models.DateTimeField(_("started"))
    ends_at = models.DateTimeField(_("time is over"))
    questions = ArrayField(models.UUIDField(), verbose_name=_("paper"))
    orders = ArrayField(models.CharField(max_length=6), verbose_name=_("order of the choices"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    by_clock = models.BooleanField(_("handed in when time was over"), default=False)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    right = models.PositiveSmallIntegerField(_("right answers"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = (
            models.UniqueConstraint("quiz", "person", "number", name="attempt_number_once"),
            models.UniqueConstraint("quiz", "person", name="attempt_one_open", condition=Q(submitted_at__isnull=True)),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, score__isnull=True)
                | Q(submitted_at__isnull=False, score__gte=0, score__lte=100),
                name="attempt_marked_when_handed_in",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="attempt_ends_later"),
        )
        indexes = (
            models.Index(fields=("ends_at",), name="attempt_open", condition=Q(submitted_at__isnull=True)),
            models.Index(fields=("person", "quiz"), name="attempt_of_person"),
        )


class Answer(AgencyOwned):
    """The last answer to one question of an attempt; ``number`` is its place on the paper, ``choice`` an option.

    ``seq`` orders what one ``device`` sends: a later one wins, an earlier one that comes in late changes nothing. Of
    two devices the answer that was given later counts (``given_at``, by the server's clock), whichever comes in first;
    the other one goes to ``UncountedAnswer`` (decision 0163), by a trigger where it stood here before. Two million of
    these rows are written in small statements of their own: neither agency nor attempt is checked by the database once
    more, because the statement takes both from the attempt's row and holds it (``services.save_answer``).
    """

    PERSONAL: ClassVar[Personal] = {"choice": Erase.KEEP}

    pk = models.CompositePrimaryKey("attempt", "number")
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    attempt = models.ForeignKey(
        Attempt, models.CASCADE, related_name="answers", db_constraint=False, db_index=False, verbose_name=_("attempt")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    question = models.ForeignKey(
        Question,
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=pgettext_lazy("quiz", "question"),
    )
    choice = models.PositiveSmallIntegerField(_("choice"))
    seq = models.PositiveIntegerField(_("sequence number"))
    device = models.PositiveIntegerField(_("device"), db_default=0)
    given_at = models.DateTimeField(pgettext_lazy("answer", "given"), db_default=Now())
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")


class Why(models.TextChoices):
    """Why an answer does not count."""

    LATE = "late", pgettext_lazy("answer", "came in after the end")
    OVERTAKEN = "overtaken", pgettext_lazy("answer", "given before another one")


class UncountedAnswer(AgencyOwned):
    """An answer that is kept and shown, and never marked: it came in late, or another device has a later one."""

    PERSONAL: ClassVar[Personal] = {"choice": Erase.DELETE, "told_at": Erase.DELETE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="uncounted", verbose_name=_("attempt"))
    number = models.PositiveSmallIntegerField(_("number"))
    choice = models.PositiveSmallIntegerField(_("choice"))
    why = models.CharField(_("reason"), max_length=10, choices=Why, db_default=Why.LATE)
    device = models.PositiveIntegerField(_("device"), db_default=0)
    seq = models.PositiveIntegerField(_("sequence number"))
    came_at = models.DateTimeField(_("came in"))
    told_at = models.DateTimeField(_("time of the phone"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer that does not count")
        verbose_name_plural = _("answers that do not count")
        constraints = (
            models.UniqueConstraint("attempt", "number", "device", "seq", name="uncounted_answer_once"),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="uncounted_answer_why"),
        )

"""What users of a service say about it: the questionnaire, the places where it lies, and answers that name nobody."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import Unit
from lingkar.directory.services.models import Service
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.listen.surveys import rules

SCORES = tuple(unsur.lower() for unsur in rules.Unsur)
"""Columns of ``Response``: ``u1`` to ``u9``."""


class Source(models.TextChoices):
    """How somebody came to answer."""

    QR = "qr", _("QR code or link")
    CASE = "case", _("After an answered report")
    PAPER = "paper", _("Paper")


class Sex(models.TextChoices):
    """What a respondent may say."""

    MALE = "male", _("Man")
    FEMALE = "female", _("Woman")


class Age(models.TextChoices):
    """Groups of age, wide enough not to find anybody by."""

    YOUNG = "17-24", _("17–24 years")
    ADULT = "25-39", _("25–39 years")
    MIDDLE = "40-59", _("40–59 years")
    OLD = "60+", _("60 years and older")


class Education(models.TextChoices):
    """The school that was finished last."""

    PRIMARY = "sd", _("Primary school or none")
    MIDDLE = "smp", _("Junior secondary school")
    HIGH = "sma", _("Senior secondary school")
    HIGHER = "pt", _("Diploma or university")


class Work(models.TextChoices):
    """What people do, as the regulation's form asks."""

    CIVIL = "asn", _("Civil service, military, police")
    EMPLOYED = "swasta", _("Private employment")
    BUSINESS = "usaha", _("Own business or farm")
    STUDENT = "pelajar", _("School or university")
    HOME = "rumah", _("Home and family")
    OTHER = "lain", _("Something else")


class Instrument(AgencyOwned):
    """A version of the questionnaire. ``questions`` are ``rules.Question`` as data; they never change once answered."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.SlugField(_("version"), max_length=20)
    source = models.CharField(_("source"), max_length=100)
    questions = models.JSONField(_("questions"))
    valid_from = models.DateField(_("in force from"))

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = (models.UniqueConstraint("agency", "version", name="instrument_version_once"),)

    def __str__(self) -> str:
        return self.version


class Counter(AgencyOwned):
    """A place where a service is given and its survey lies: a service at a unit. Its QR code leads to it."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    opened_on = models.DateField(_("since"))

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = (models.UniqueConstraint("service", "unit", name="counter_once"),)

    def __str__(self) -> str:
        return f"{self.service} · {self.unit}"


class Invitation(AgencyOwned):
    """A token that was used: the same one is never taken twice. Nothing leads from it to the answers."""

    PERSONAL: ClassVar[Personal] = {}

    key = models.CharField(max_length=64, primary_key=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    source = models.CharField(_("source"), max_length=10, choices=Source)
    used_at = models.DateTimeField(_("used"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")


def _score() -> "models.DecimalField[object, object]":
    return models.DecimalField(max_digits=5, decimal_places=4)


class Response(AgencyOwned):
    """What one user of a service answered, on a day. It names nobody, keeps no hour and no token.

    ``answers`` are the scores in the order of the instrument's questions; ``u1`` to ``u9`` the score of each element.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", verbose_name=_("questionnaire"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    day = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=10, choices=Source)
    answers = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("answers"))
    u1, u2, u3, u4, u5, u6, u7, u8, u9 = (_score() for _number in range(9))
    total = models.GeneratedField(
        expression=F("u1") + F("u2") + F("u3") + F("u4") + F("u5") + F("u6") + F("u7") + F("u8") + F("u9"),
        output_field=models.DecimalField(max_digits=6, decimal_places=4),
        db_persist=True,
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    age = models.CharField(_("age"), max_length=10, choices=Age, blank=True)
    education = models.CharField(_("education"), max_length=10, choices=Education, blank=True)
    work = models.CharField(_("work"), max_length=10, choices=Work, blank=True)

    class Meta:
        verbose_name = _("answer to the survey")
        verbose_name_plural = _("answers to the survey")
        constraints = (
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{column}__range": (rules.LEAST, rules.MOST)}), name=f"response_{column}_1_to_4"
                )
                for column in SCORES
            ),
        )
        indexes = (
            models.Index(fields=("service", "day"), name="response_of_service"),
            models.Index(fields=("agency", "day"), name="response_by_day"),
        )

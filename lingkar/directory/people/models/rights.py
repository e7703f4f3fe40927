"""What people ask about their own data: a correction, or to be forgotten (UU 27/2022)."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.directory.people.models.accounts import Account
from lingkar.directory.people.models.persons import Person
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class Answer(models.TextChoices):
    """What became of a request."""

    OPEN = "open", _("Waits for an answer")
    GRANTED = "granted", _("Corrected")
    REFUSED = "refused", _("Not corrected")


class Subject(models.TextChoices):
    """What a request for correction is about."""

    NAME = "name", _("Name or degrees")
    NIP = "nip", "NIP"
    BIRTH = "birth", _("Place or date of birth")
    SEX = "sex", _("Sex")
    GOLONGAN = "golongan", _("Kind or grade")
    EDUCATION = "education", _("Education")
    CONTACT = "contact", _("E-mail or phone")
    PLACEMENT = "placement", _("Unit, title or history")
    STATUS = "status", _("Status")
    OTHER = "other", _("Something else")


class Correction(AgencyOwned):
    """Somebody says that something recorded about them is wrong. ``due_at`` is the end of the law's time."""

    PERSONAL: ClassVar[Personal] = {"subject": Erase.KEEP, "text": Erase.BLANK, "answer": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name=_("asked by"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("person"))
    subject = models.CharField(_("what is wrong"), max_length=30, choices=Subject)
    text = models.TextField(_("how it should be"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("answer by"))
    state = models.CharField(_("state"), max_length=10, choices=Answer, default=Answer.OPEN)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        constraints = (
            models.UniqueConstraint("account", "key", name="correction_once"),
            models.CheckConstraint(
                condition=models.Q(state=Answer.OPEN, answered_at__isnull=True)
                | ~models.Q(state=Answer.OPEN) & models.Q(answered_at__isnull=False),
                name="correction_answered_when",
            ),
        )
        indexes = (
            models.Index(fields=("agency", "due_at"), name="correction_open", condition=models.Q(state=Answer.OPEN)),
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


class ErasureState(models.TextChoices):
    """Whether somebody was forgotten."""

    ASKED = "asked", _("Waits for a second person")
    DONE = "done", _("Erased")
    DECLINED = "declined", _("Declined")


class Reason(models.TextChoices):
    """Why somebody is forgotten."""

    ASKED = "asked", _("The person asked for it")
    LEFT = "left", _("The person left and the time of keeping is over")
    RECORDED_TWICE = "recorded_twice", _("Recorded twice or by mistake")
    NO_BASIS = "no_basis", _("There was no basis for recording it")


class Erasure(AgencyOwned):
    """A person, and the account if there is one, are forgotten: asked by one, decided by another.

    The row stays: the reason, who decided, how much was erased and what the law keeps. It names nobody.
    """

    PERSONAL: ClassVar[Personal] = {"reason": Erase.KEEP}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=30, choices=Reason)
    state = models.CharField(_("state"), max_length=10, choices=ErasureState, default=ErasureState.ASKED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = (
            models.UniqueConstraint("person", name="erasure_one_open", condition=models.Q(state=ErasureState.ASKED)),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="erasure_decided_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} ({self.state})"

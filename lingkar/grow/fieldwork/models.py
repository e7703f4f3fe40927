"""Field study: real cases, pictures of communities, logbooks, and the words of mentors."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.act.projects.models import Project
from lingkar.directory.people.models import Person
from lingkar.directory.places.models import Place
from lingkar.directory.services.models import Service
from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.grow.fieldwork import rules
from lingkar.grow.programmes.models import Cohort, Participant


class CaseBrief(AgencyOwned):
    """A real case to begin a field study from: words that were shown to the public, nothing else.

    ``key`` names the case where it came from: the same one offered again is the same brief.
    """

    PERSONAL: ClassVar[Personal] = {}  # the words were masked and published before they came here

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(editable=False)
    words_shown = models.TextField(_("what was said"), max_length=6000)
    answer_shown = models.TextField(_("what was answered"), max_length=6000, blank=True)
    service = models.ForeignKey(
        Service, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    place_name = models.CharField(_("place"), max_length=200, blank=True)
    happened_on = models.DateField(_("said on"))
    offered_at = models.DateTimeField(_("offered"))

    class Meta:
        verbose_name = _("case for learning")
        verbose_name_plural = _("cases for learning")
        constraints = (models.UniqueConstraint("agency", "key", name="case_brief_once"),)

    def __str__(self) -> str:
        return self.words_shown[:80]


class CaseOffer(AgencyOwned):
    """A case that is offered to one cohort. A case without such a row is for everybody who learns."""

    PERSONAL: ClassVar[Personal] = {}

    case = models.ForeignKey(CaseBrief, models.CASCADE, related_name="offers", verbose_name=_("case for learning"))
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+", verbose_name=_("cohort"))

    class Meta:
        verbose_name = _("case offered to a cohort")
        verbose_name_plural = _("cases offered to cohorts")
        constraints = (models.UniqueConstraint("case", "cohort", name="case_offer_once"),)


class CommunityPicture(AgencyOwned):
    """One page on a village: who lives there, what they say, and figures with their source (``rules.Figure`` as data).

    Words are masked before they are kept.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    year = models.PositiveSmallIntegerField(_("year"))
    lives = models.TextField(_("who lives there"), max_length=rules.LONGEST_TELLING, blank=True)
    says = models.TextField(_("what people say"), max_length=rules.LONGEST_TELLING, blank=True)
    figures = models.JSONField(_("figures"))
    painted_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("picture of a community")
        verbose_name_plural = _("pictures of communities")
        constraints = (models.UniqueConstraint("place", "year", name="community_picture_once"),)

    def __str__(self) -> str:
        return f"{self.place} {self.year}"


class PictureOffer(AgencyOwned):
    """A picture that is published to one cohort. A picture without such a row is for everybody who learns."""

    PERSONAL: ClassVar[Personal] = {}

    picture = models.ForeignKey(
        CommunityPicture, models.CASCADE, related_name="offers", verbose_name=_("picture of a community")
    )
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+", verbose_name=_("cohort"))

    class Meta:
        verbose_name = _("picture published to a cohort")
        verbose_name_plural = _("pictures published to cohorts")
        constraints = (models.UniqueConstraint("picture", "cohort", name="picture_offer_once"),)


class Study(AgencyOwned):
    """The field study of one participant: the case and the place that it begins from, and the project that follows."""

    PERSONAL: ClassVar[Personal] = {}

    participant = models.OneToOneField(
        Participant, models.PROTECT, related_name="+", primary_key=True, verbose_name=_("participant")
    )
    case = models.ForeignKey(
        CaseBrief, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("case for learning")
    )
    picture = models.ForeignKey(
        CommunityPicture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    project = models.OneToOneField(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("project")
    )

    class Meta:
        verbose_name = _("field study")
        verbose_name_plural = _("field studies")


class LogEntry(AgencyOwned):
    """A page of a logbook. ``key`` was made by the phone: the same entry sent again is the same entry.

    ``saved_at`` is the server's time and decides; ``phone_at`` is what the phone said, and only told.
    """

    PERSONAL: ClassVar[Personal] = {"words": Erase.BLANK, "place": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(editable=False)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("participant"))
    words = models.TextField(_("entry"), max_length=rules.LONGEST, blank=True)
    place = models.CharField(pgettext_lazy("logbook", "place"), max_length=200, blank=True)
    phone_at = models.DateTimeField(_("time of the phone"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"))
    day = models.DateField(_("day"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("entry of a logbook")
        verbose_name_plural = _("entries of a logbook")
        constraints = (models.UniqueConstraint("participant", "key", name="log_entry_once"),)
        indexes = (
            models.Index(fields=("participant", "-saved_at"), name="log_entry_of_participant"),
            models.Index(fields=("saved_at",), name="log_entry_waits", condition=models.Q(answered_at__isnull=True)),
        )


class LogPhoto(AgencyOwned):
    """A photo of an entry."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    entry = models.ForeignKey(LogEntry, models.CASCADE, related_name="photos", verbose_name=_("entry"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("photo of a logbook")
        verbose_name_plural = _("photos of a logbook")
        ordering = ("number",)
        constraints = (models.UniqueConstraint("entry", "number", name="log_photo_number_once"),)


class Word(AgencyOwned):
    """What a mentor said to an entry."""

    PERSONAL: ClassVar[Personal] = {"words": Erase.BLANK}

    entry = models.ForeignKey(LogEntry, models.CASCADE, related_name="said", verbose_name=_("entry"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    words = models.TextField(_("word"), max_length=rules.LONGEST)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("word of a mentor")
        verbose_name_plural = _("words of mentors")
        ordering = ("at", "id")

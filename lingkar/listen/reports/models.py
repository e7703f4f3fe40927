"""Reports of citizens: what they said, where it stands, what was answered."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import Unit
from lingkar.directory.places.models import Place
from lingkar.directory.services.models import Service
from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.listen.reports import rules


class RequestClass(models.TextChoices):
    """What a category asks for; each class has promises of its own."""

    COMPLAINT = rules.RequestClass.COMPLAINT, _("Complaint")
    SUPERVISED = rules.RequestClass.SUPERVISED, _("Complaint for the Inspectorate")
    ASPIRATION = rules.RequestClass.ASPIRATION, _("Aspiration")
    INFORMATION = rules.RequestClass.INFORMATION, _("Request for information")


class ReportState(models.TextChoices):
    """Where a report stands, in the words that people see."""

    RECEIVED = rules.State.RECEIVED, _("Received")
    IN_PROGRESS = rules.State.IN_PROGRESS, _("In progress")
    ANSWERED = rules.State.ANSWERED, _("Answered")
    RATED = rules.State.RATED, _("Rated by the reporter")
    SILENT = rules.State.SILENT, _("Closed, the reporter did not respond")
    REOPENED = rules.State.REOPENED, _("Reopened")
    OUTSIDE = rules.State.OUTSIDE, _("Belongs to another agency")


class EntryKind(models.TextChoices):
    """Kinds of entry in a report's history."""

    RECEIVED = "received", _("Report received")
    ACCEPTED = "accepted", _("Being worked on")
    REFERRED = "referred", _("Referred")
    NOTE = "note", _("Internal note")
    REPLY = "reply", _("Reply")
    CLOSED = "closed", _("Answered with proof")
    HANDED_OVER = "handed_over", _("Belongs to another agency")
    RATED = "rated", _("Rated")
    REOPENED = "reopened", _("Reopened")
    LAPSED = "lapsed", _("No response from the reporter")
    RECATEGORISED = "recategorised", _("Category changed")
    UNSEALED = "unsealed", _("Seal opened")
    SEALED = "sealed", _("Sealed")
    PUBLISHED = "published", _("Published")
    WITHHELD = "withheld", _("Taken off the public list")
    OPENED = "opened", _("Seal opened; the reporter's contact stays hidden")
    OPENED_WITH_CONTACT = "opened_with_contact", _("Seal opened; the unit may see the reporter's contact")


class Category(AgencyOwned):
    """A subject of reports, the unit that answers for it, and the words that propose it."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    request_class = models.CharField(_("class"), max_length=20, choices=RequestClass, default=RequestClass.COMPLAINT)
    is_sensitive = models.BooleanField(_("sealed from the start"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible unit")
    )
    terms = models.JSONField(_("words that propose it"), default=list, blank=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("name",)
        constraints = (models.UniqueConstraint("agency", "code", name="category_code_once"),)

    def __str__(self) -> str:
        return self.name


class Draft(AgencyOwned):
    """A report that is not sent yet: kept between the three screens, gone when it is sent or after a day.

    ``key`` is the digest of the random token that the reporter's pages carry; the token itself is stored nowhere.
    """

    PERSONAL: ClassVar[Personal] = {
        "text": Erase.DELETE,
        "location": Erase.DELETE,
        "latitude": Erase.DELETE,
        "longitude": Erase.DELETE,
    }

    key = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    location = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = (models.Index(fields=("started_at",), name="draft_by_age"),)


class Report(AgencyOwned):
    """One report. ``rating`` is the reporter's last one; every one stands in the history.

    ``text`` is what was written; ``text_shown`` has personal data masked, and is all that lists, search and public
    pages ever read. For an anonymous report the two are equal: the original was never stored.
    ``code_digest`` finds the report by its code; the code itself is stored nowhere.
    """

    PERSONAL: ClassVar[Personal] = {
        "text": Erase.BLANK,
        "text_shown": Erase.KEEP,
        "location": Erase.BLANK,
        "latitude": Erase.BLANK,
        "longitude": Erase.BLANK,
        "rating_note": Erase.BLANK,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.PositiveBigIntegerField(_("number"), editable=False)
    receipt_key = models.CharField(max_length=64, editable=False)
    code_digest = models.CharField(max_length=64, editable=False)

    text = models.TextField(_("report"))
    text_shown = models.TextField(_("report as shown"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    location = models.CharField(_("location"), max_length=300, blank=True)
    location_shown = models.CharField(_("location as shown"), max_length=300, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    is_secret = models.BooleanField(_("secret"), default=False)
    is_sealed = models.BooleanField(_("sealed"), default=False)

    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    proposal = models.JSONField(_("proposal"), default=list)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    reported_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit complained of")
    )

    state = models.CharField(_("state"), max_length=20, choices=ReportState, default=ReportState.RECEIVED)
    revision = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(_("received"))
    first_due = models.DateField(_("first answer promised"))
    due = models.DateField(_("answer promised"))
    deadline_rule = models.CharField(max_length=200)
    first_answered_at = models.DateTimeField(_("first answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reopen_until = models.DateField(_("may be reopened until"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    rating_note = models.TextField(_("the reporter's word"), blank=True)

    next_due = models.GeneratedField(
        expression=Case(When(first_answered_at__isnull=True, then=F("first_due")), default=F("due")),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("next promise"),
    )
    search = models.GeneratedField(
        expression=SearchVector("text_shown", "location_shown", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (
            models.UniqueConstraint("agency", "number", name="report_number_once"),
            models.UniqueConstraint("agency", "receipt_key", name="report_sent_once"),
            models.UniqueConstraint("code_digest", name="report_code_once"),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(text=F("text_shown")), name="anonymous_is_masked"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(is_sealed=False, is_secret=False),
                name="only_open_reports_are_published",
            ),
            models.CheckConstraint(condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="rating_1_to_5"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
        )
        indexes = (
            GinIndex(fields=("search",), name="report_search"),
            models.Index(
                fields=("agency", "next_due", "number"),
                condition=Q(state__in=sorted(rules.OPEN_STATES)),
                name="report_queue",
            ),
            models.Index(
                fields=("unit", "next_due", "number"),
                condition=Q(state__in=sorted(rules.OPEN_STATES)),
                name="report_queue_of_unit",
            ),
            models.Index(
                fields=("agency", "-published_at"), condition=Q(published_at__isnull=False), name="report_public"
            ),
            models.Index(
                fields=("agency", "reopen_until", "number"),
                condition=Q(state=rules.State.ANSWERED),
                name="report_waiting_for_word",
            ),
            models.Index(fields=("agency", "-received_at"), name="report_newest"),
            models.Index(
                # everything that a page of numbers counts: it reads the index and not the words of people
                fields=("agency", "received_at"),
                include=(
                    *("id", "unit", "place", "reported_unit", "is_sealed", "state", "first_due", "next_due"),
                    *("first_answered_at", "closed_at", "reopened", "rating"),
                ),
                name="report_counted",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.number}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # the types' plugin adds one, too
        """As Django's, which turns every state into words to find one."""
        return str(ReportState(self.state).label)

    @property
    def is_open(self) -> bool:
        """Whether it is a unit's turn."""
        return self.state in rules.OPEN_STATES


class ReporterContact(AgencyOwned):
    """How to reach a reporter who said so. Encrypted; never exists for an anonymous report.

    ``is_withheld``: an inspector opened the seal and did not pass the contact on with the case.
    """

    PERSONAL: ClassVar[Personal] = {"name": Erase.DELETE, "email": Erase.DELETE}

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="contact")
    name = models.BinaryField(default=b"")
    email = models.BinaryField(default=b"")
    is_withheld = models.BooleanField(_("kept from the unit"), default=False)

    class Meta:
        verbose_name = _("reporter's contact")
        verbose_name_plural = _("reporters' contacts")


class Entry(AgencyOwned):
    """One line of a report's history. ``by`` names an account; citizens have none and are never named.

    ``is_internal`` entries are for the units that handle the case; ``text_shown`` is the public form of the others.
    ``rating`` is what a rating said: one row for each time that the reporter had the word. ``due_before`` and
    ``due_after`` stand where an act moved the promise of the whole answer.
    """

    PERSONAL: ClassVar[Personal] = {"text": Erase.BLANK, "text_shown": Erase.KEEP}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=20, choices=EntryKind)
    is_internal = models.BooleanField(_("internal"), default=False)
    text = models.TextField(_("text"), blank=True)
    text_shown = models.TextField(blank=True)
    by = models.UUIDField(_("by"), null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    due_before = models.DateField(_("promised before"), null=True, blank=True)
    due_after = models.DateField(_("promised since"), null=True, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history entries")
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(kind=EntryKind.RATED, rating__range=(1, 5)), name="rated_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(due_before__isnull=True, due_after__isnull=True)
                | Q(due_before__isnull=False, due_after__isnull=False),
                name="promise_moved_from_and_to",
            ),
        )
        indexes = (models.Index(fields=("report", "at"), name="entry_by_report"),)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # the types' plugin adds one, too
        """As Django's, which turns every kind into words to find one."""
        return str(EntryKind(self.kind).label)


class Attachment(AgencyOwned):
    """A photo of the reporter (on a draft, then on the report) or a proof of the officer (on an entry)."""

    PERSONAL: ClassVar[Personal] = {"file": Erase.DELETE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="photos")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="attachments")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="proofs")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = (
            models.CheckConstraint(
                condition=Q(draft__isnull=False, report__isnull=True) | Q(draft__isnull=True, report__isnull=False),
                name="attachment_has_one_home",
            ),
        )


class NumberSeries(AgencyOwned):
    """The last report number of an agency; the row is locked while the next one is drawn."""

    PERSONAL: ClassVar[Personal] = {}

    last = models.PositiveBigIntegerField(default=1000)

    class Meta:
        constraints = (models.UniqueConstraint("agency", name="one_number_series"),)

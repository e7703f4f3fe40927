"""The catalogue of public services: what is offered, by which unit, and what exactly was promised since when."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.orgs.models import Position, Unit
from lingkar.directory.services import rules
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.search.columns import spellings_column
from lingkar.foundation.tenancy.models import AgencyOwned


class Need(models.TextChoices):
    """What people come for, in their words: the shelves of the catalogue."""

    IDENTITY = "identity", _("Identity cards and papers")
    FAMILY = "family", _("Birth, marriage, moving, death")
    HEALTH = "health", _("Health")
    SCHOOL = "school", _("School and learning")
    AID = "aid", _("Social aid")
    BUSINESS = "business", _("Business and permits")
    HOME = "home", _("House, land and building")
    STREET = "street", _("Streets, water and waste")
    TRAVEL = "travel", _("Traffic and transport")
    WORK = "work", _("Work and training")
    INFORMATION = "information", _("Information and letters")
    OTHER = "other", _("Other services")


class Channel(models.TextChoices):
    """How people reach a service. Each is a field of ``Version``; one that is empty is not offered."""

    COUNTER = "at_counter", _("At the counter")
    ONLINE = "online", _("Online")
    PHONE = "by_phone", _("By telephone or chat")
    MOBILE = "mobile", _("Mobile service")


class Service(AgencyOwned):
    """A public service. ``code`` stands in its address and under its QR code and never changes.

    ``name`` and ``unit`` are those of the version in force, or of what comes first while there is none. What holds on a
    day is said by its ``Version``.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=160)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that serves"))
    retired_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint("agency", "code", name="service_code_once"),)
        indexes = (models.Index(fields=("agency", "name"), name="service_by_name"),)

    def __str__(self) -> str:
        return self.name


class Version(AgencyOwned):
    """One version of a service's standard, with the fields of ``rules.Standard``.

    A draft has no ``published_at`` and may change. A published version never changes again (a trigger of the database
    says so too), but for its last day.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="versions", verbose_name=_("service"))
    number = models.PositiveIntegerField(_("version"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that serves"))

    name = models.CharField(_("name"), max_length=160)
    summary = models.CharField(_("what it is for"), max_length=400, blank=True)
    need = models.CharField(_("what people come for"), max_length=20, choices=Need, default=Need.OTHER)
    words = models.CharField(_("other words for it"), max_length=400, blank=True)

    requirements = models.JSONField(_("what to bring"), default=list, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    working_days = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)
    time_note = models.CharField(_("about the time"), max_length=300, blank=True)
    cost = models.PositiveBigIntegerField(_("cost in rupiah"), null=True, blank=True)
    cost_note = models.CharField(_("about the cost"), max_length=300, blank=True)
    product = models.TextField(_("what you get"), max_length=1000, blank=True)
    complaints = models.TextField(_("how to complain"), max_length=2000, blank=True)

    legal_basis = models.JSONField(_("legal basis"), default=list, blank=True)
    facilities = models.TextField(_("facilities"), max_length=2000, blank=True)
    competence = models.TextField(_("competence of the staff"), max_length=2000, blank=True)
    supervision = models.TextField(_("internal supervision"), max_length=2000, blank=True)
    staff = models.PositiveIntegerField(_("number of staff"), null=True, blank=True)
    guarantee = models.TextField(_("guarantee of service"), max_length=2000, blank=True)
    safety = models.TextField(_("guarantee of safety"), max_length=2000, blank=True)
    evaluation = models.TextField(_("evaluation"), max_length=2000, blank=True)

    at_counter = models.CharField(_("counter"), max_length=300, blank=True)
    online = models.URLField(_("online"), max_length=300, blank=True)
    by_phone = models.CharField(_("telephone or chat"), max_length=100, blank=True)
    mobile = models.CharField(_("mobile service"), max_length=300, blank=True)
    hours = models.JSONField(pgettext_lazy("counter", "hours"), default=dict, blank=True)
    on_holidays = models.BooleanField(_("also open on holidays"), default=False)

    missing = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    reviewed_on = models.DateField(_("reviewed"), null=True, blank=True)
    published_at = models.DateTimeField(pgettext_lazy("standard", "published"), null=True, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    search = models.GeneratedField(
        expression=SearchVector("name", "summary", "words", "product", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    spellings = spellings_column("name", "words")

    class Meta:
        verbose_name = _("version of a service")
        verbose_name_plural = _("versions of services")
        ordering = ("name", "number")
        constraints = (
            models.UniqueConstraint("service", "number", name="version_number_once"),
            models.UniqueConstraint("service", name="version_one_draft", condition=Q(published_at__isnull=True)),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, valid_from__isnull=True, valid_to__isnull=True)
                | Q(published_at__isnull=False, valid_from__isnull=False, reviewed_on__isnull=False),
                name="version_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - rules.ONE_DAY),
                name="version_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(need__in=Need.values), name="version_need_known"),
        )
        indexes = (
            GinIndex(fields=("search",), name="version_search"),
            GinIndex(fields=("spellings",), name="version_spellings"),
            models.Index(
                fields=("agency", "name"), condition=Q(published_at__isnull=False), name="version_published_name"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that this version offers."""
        return tuple(channel for channel in Channel if getattr(self, channel))

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class Staffing(AgencyOwned):
    """A position whose holders serve a service, from when to when, both days included.

    It is no part of the promised standard: who serves may change without a new version.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="staffing", verbose_name=_("service"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name=_("position"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("position that serves")
        verbose_name_plural = _("positions that serve")
        ordering = ("valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                "service", "position", name="staffing_is_open_once", condition=Q(valid_to__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="staffing_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.position_id} ({self.valid_from}–{self.valid_to or ''})"


class Pledge(AgencyOwned):
    """A unit's maklumat pelayanan: the signed promise to keep its standards. A new one replaces it; it never changes.

    It holds for the unit and all below it. The signer is printed on it: an official, in an act of office.
    """

    PERSONAL: ClassVar[Personal] = {"signer": Erase.KEEP}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    statements = models.JSONField(_("statements"), default=list)
    signer = models.CharField(_("signed by"), max_length=150)
    signer_title = models.CharField(_("position of the signer"), max_length=200)
    signed_on = models.DateField(_("signed"))
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("service pledge (maklumat)")
        verbose_name_plural = _("service pledges (maklumat)")
        ordering = ("-signed_on", "-added_at")
        indexes = (models.Index(fields=("unit", "-signed_on"), name="pledge_of_unit"),)


class Transactions(AgencyOwned):
    """How often a service was used in a month: what a rate of complaints is measured against."""

    PERSONAL: ClassVar[Personal] = {}

    service = models.ForeignKey(Service, models.CASCADE, related_name="transactions", verbose_name=_("service"))
    month = models.DateField(_("month"))
    count = models.PositiveIntegerField(_("transactions"))

    class Meta:
        verbose_name = _("transactions of a month")
        verbose_name_plural = _("transactions by month")
        ordering = ("-month",)
        constraints = (
            models.UniqueConstraint("service", "month", name="transactions_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="transactions_first_of_month"),
        )

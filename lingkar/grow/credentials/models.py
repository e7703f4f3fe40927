"""Certificates, hours of learning (JP), and what the IP ASN asks about somebody."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people.models import Person
from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class SigningKey(AgencyOwned):
    """A pair of Ed25519 keys. The private half is encrypted; the public one stays, so that old certificates verify."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    public = models.BinaryField()
    private = models.BinaryField()
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")

    def __str__(self) -> str:
        return str(self.pk)


class CertificateSeries(AgencyOwned):
    """The last number of a year: numbers have no gaps, because each is taken within the transaction that uses it."""

    PERSONAL: ClassVar[Personal] = {}

    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of certificates")
        verbose_name_plural = _("series of certificates")
        constraints = (models.UniqueConstraint("agency", "year", name="certificate_series_once"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class CertificateKind(models.TextChoices):
    """What the paper is."""

    CERTIFICATE = "certificate", _("Certificate")
    STATEMENT = "statement", _("Letter of attendance (surat keterangan)")


class Certificate(AgencyOwned):
    """What somebody finished, in words that are signed and never change. It may be revoked, with a reason.

    ``source`` and ``source_id`` say what it was given for (``"cohort"`` and its id): once for each person.
    """

    PERSONAL: ClassVar[Personal] = {"name": Erase.KEEP, "nip": Erase.KEEP, "title": Erase.KEEP, "reason": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(pgettext_lazy("certificate", "kind"), max_length=15, choices=CertificateKind)
    number = models.CharField(_("number"), max_length=60)
    code = models.CharField(_("verification code"), max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=200)
    nip = models.CharField("NIP", max_length=18, blank=True)
    title = models.CharField(_("programme"), max_length=250)
    jp = models.DecimalField("JP", max_digits=6, decimal_places=2)
    subjects = models.JSONField(_("subjects"), default=list)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    predicate = models.CharField(_("predicate"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"))
    signer = models.CharField(_("signer"), max_length=200)
    signer_title = models.CharField(_("position of the signer"), max_length=200)
    source = models.CharField(_("given for"), max_length=40, blank=True)
    source_id = models.UUIDField(null=True, editable=False)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", verbose_name=_("signing key"))
    signature = models.BinaryField()
    issued_by = models.UUIDField(null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.UUIDField(null=True, editable=False)
    reason = models.CharField(_("reason for revoking"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = (
            models.UniqueConstraint("agency", "number", name="certificate_number_once"),
            models.UniqueConstraint("agency", "code", name="certificate_code_once"),
            models.UniqueConstraint(
                "person", "source", "source_id", name="certificate_once_each",
                condition=models.Q(source_id__isnull=False, revoked_at__isnull=True),
            ),
            models.CheckConstraint(condition=models.Q(jp__gte=0), name="certificate_jp_not_negative"),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="certificate_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, reason="") | models.Q(revoked_at__isnull=False),
                name="certificate_reason_when_revoked",
            ),
        )  # fmt: skip
        indexes = (
            models.Index("source_id", "number", name="certificate_of_source"),
            models.Index("person", "issued_on", name="certificate_of_person"),
        )

    def __str__(self) -> str:
        return self.number


class Form(models.TextChoices):
    """The 24 forms of learning, by the codes in use (after PerLAN 10/2018)."""

    A1 = "A1", _("Study assignment (tugas belajar)")
    A2 = "A2", _("Study permission (izin belajar)")
    B1 = "B1", _("Structural training")
    B2 = "B2", _("Managerial training")
    B3 = "B3", _("Technical training")
    B4 = "B4", _("Functional training")
    B5 = "B5", _("Sociocultural training")
    B6 = "B6", _("Seminar or conference")
    B7 = "B7", _("Workshop")
    B8 = "B8", _("Course")
    B9 = "B9", _("Upgrading (penataran)")
    B10 = "B10", _("Technical guidance (bimtek)")
    B11 = "B11", _("Briefing (sosialisasi)")
    C1 = "C1", _("Coaching")
    C2 = "C2", _("Mentoring")
    C3 = "C3", _("E-learning")
    C4 = "C4", _("Distance training")
    C5 = "C5", _("Secondment (detasering)")
    C6 = "C6", _("Outdoor training (outbond)")
    C7 = "C7", _("Benchmarking")
    C8 = "C8", _("Exchange with a private or state company")
    C9 = "C9", _("Self-study")
    C10 = "C10", _("Learning community")
    C11 = "C11", _("Internship (magang)")


class JpEntry(AgencyOwned):
    """Hours of learning (JP) of one person. ``full`` is what the table gives, ``jp`` what counts within its limits."""

    PERSONAL: ClassVar[Personal] = {
        "title": Erase.DELETE, "on": Erase.DELETE, "jp": Erase.DELETE, "organiser": Erase.DELETE, "proof": Erase.DELETE
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    form = models.CharField(_("form of learning"), max_length=3, choices=Form)
    title = models.CharField(_("what was learned"), max_length=250)
    amount = models.DecimalField(_("amount"), max_digits=6, decimal_places=2)
    days = models.PositiveSmallIntegerField(_("days"), default=1)
    on = models.DateField(_("last day"))
    international = models.BooleanField(_("international"), default=False)
    full = models.DecimalField(_("JP before limits"), max_digits=6, decimal_places=2)
    jp = models.DecimalField("JP", max_digits=6, decimal_places=2)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    proof = models.CharField(_("number of the certificate elsewhere"), max_length=120, blank=True)
    source = models.CharField(_("where it comes from"), max_length=40)
    source_id = models.UUIDField(null=True, editable=False)
    noted_at = models.DateTimeField(_("written down at"), null=True)
    certificate = models.ForeignKey(
        Certificate, models.SET_NULL, null=True, related_name="+", verbose_name=_("certificate")
    )
    by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("entry of hours (JP)")
        verbose_name_plural = _("entries of hours (JP)")
        constraints = (
            models.UniqueConstraint(
                "person", "source", "source_id", "form", name="jp_once_each",
                condition=models.Q(source_id__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(jp__gte=0, jp__lte=models.F("full"), amount__gt=0), name="jp_within_its_limits"
            ),
        )  # fmt: skip
        indexes = (models.Index("person", "on", name="jp_of_person"),)

    def __str__(self) -> str:
        return f"{self.form} {self.jp}"


class Predicate(models.TextChoices):
    """How somebody performed in a year (SKP, PermenPANRB 6/2022)."""

    VERY_GOOD = "very_good", _("Very good (sangat baik)")
    GOOD = "good", _("Good (baik)")
    NEEDS_IMPROVEMENT = "needs_improvement", _("Needs improvement (butuh perbaikan)")
    POOR = "poor", _("Poor (kurang)")
    VERY_POOR = "very_poor", _("Very poor (sangat kurang)")


class Rating(AgencyOwned):
    """The SKP predicate of one person for a year."""

    PERSONAL: ClassVar[Personal] = {"year": Erase.DELETE, "predicate": Erase.DELETE}

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    year = models.PositiveSmallIntegerField(_("year"))
    predicate = models.CharField(_("predicate"), max_length=20, choices=Predicate)
    source = models.CharField(_("where it comes from"), max_length=40, default="told")
    noted_at = models.DateTimeField(_("written down at"), null=True)

    class Meta:
        verbose_name = _("SKP predicate")
        verbose_name_plural = _("SKP predicates")
        constraints = (models.UniqueConstraint("person", "year", name="rating_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.predicate}"


class Severity(models.TextChoices):
    """How severe a disciplinary punishment was (PP 94/2021)."""

    LIGHT = "light", _("Light (ringan)")
    MODERATE = "moderate", _("Moderate (sedang)")
    SEVERE = "severe", _("Severe (berat)")


class Discipline(AgencyOwned):
    """A disciplinary punishment: how severe, and since when. What it was about is not kept here."""

    PERSONAL: ClassVar[Personal] = {"severity": Erase.DELETE, "on": Erase.DELETE}

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    on = models.DateField(_("decided on"))
    noted_at = models.DateTimeField(_("written down at"), null=True)

    class Meta:
        verbose_name = _("disciplinary punishment")
        verbose_name_plural = _("disciplinary punishments")
        constraints = (models.UniqueConstraint("person", "on", name="discipline_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.severity} {self.on}"


class Bundle(AgencyOwned):
    """Certificates of one source, printed in the background: ``done`` of ``total`` so far, in parts of a hundred."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source_id = models.UUIDField(editable=False)
    base = models.CharField(max_length=200, editable=False)
    total = models.PositiveIntegerField(_("certificates"))
    done = models.PositiveIntegerField(_("printed"), default=0)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("printed bundle")
        verbose_name_plural = _("printed bundles")
        constraints = (
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="bundle_done_of_total"),
        )

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class BundlePart(AgencyOwned):
    """One PDF of a bundle: the certificates from number ``first`` to ``last`` of its order."""

    PERSONAL: ClassVar[Personal] = {}

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="parts", verbose_name=_("printed bundle"))
    first = models.PositiveIntegerField(_("from"))
    last = models.PositiveIntegerField(pgettext_lazy("range", "to"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("part of a bundle")
        verbose_name_plural = _("parts of a bundle")
        constraints = (models.UniqueConstraint("bundle", "first", name="bundle_part_once"),)

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"

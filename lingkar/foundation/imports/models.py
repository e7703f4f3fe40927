"""An import: its file, what is known of each row, and how far it is."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import Agency, AgencyOwned


class ImportState(models.TextChoices):
    """How far an import is."""

    READING = "reading", _("Being read")
    READY = "ready", _("Waits for you")
    APPLYING = "applying", _("Being written")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not readable")
    DROPPED = "dropped", _("Cancelled")


class Outcome(models.TextChoices):
    """What happens to a row when it is confirmed."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Same as before")
    REFUSED = "refused", _("Refused")


class Import(AgencyOwned):
    """One sheet that somebody sent, or named on the command line (then it has no ``file``).

    ``about`` is what its rows go into, where the importer asks for that (a cohort).
    ``acting`` are the grants of whoever started or confirmed it: what a job may do for them. ``told`` is what was found
    of the sheets: which were read, which headings are unknown, which lines are no part of the table.
    """

    PERSONAL: ClassVar[Personal] = {"name": Erase.DELETE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    about = models.UUIDField(null=True, editable=False)
    name = models.CharField(_("file name"), max_length=140)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=20, choices=ImportState, default=ImportState.READING)
    reason = models.JSONField(null=True, blank=True)
    told = models.JSONField(default=list)
    started_by = models.UUIDField(null=True, blank=True)
    acting = models.JSONField(default=list)
    started_at = models.DateTimeField(_("started"))
    set_going_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    read_sheet = models.PositiveIntegerField(default=0)
    read_line = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    takes_changes = models.BooleanField(_("changes are taken over"), default=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-started_at",)
        indexes = (models.Index(fields=("agency", "-started_at"), name="import_newest"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d}"

    @property
    def is_running(self) -> bool:
        return self.state in (ImportState.READING, ImportState.APPLYING)

    @property
    def has_stopped(self) -> bool:
        """Something of ours broke while it was read or written: nobody works on it until somebody says so."""
        return self.is_running and self.reason is not None and self.reason["code"] == "imports.fault"

    @property
    def written(self) -> int:
        """Rows that a confirmation writes."""
        return self.new + (self.changed if self.takes_changes else 0)


class StagedRow(AgencyOwned):
    """A line of the sheet, understood and checked, before anything of it is written.

    ``key`` is what makes it the same as another line (a NIP, a code); ``changes`` is field → [before, after].

    A million of them come and go with their import, which is held by whoever writes or forgets them. So the database
    does not look up import and agency for each line, which took as long as writing it, nor keep an index of them apart.
    """

    PERSONAL: ClassVar[Personal] = {
        "key": Erase.DELETE, "values": Erase.DELETE, "reasons": Erase.DELETE, "changes": Erase.DELETE
    }  # fmt: skip

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    source = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_constraint=False, db_index=False)
    sheet = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField(_("line"))
    key = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    target = models.UUIDField(null=True, blank=True)
    values = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        indexes = (models.Index(fields=("source", "outcome", "id"), name="staged_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.sheet}:{self.line}"

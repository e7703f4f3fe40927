"""What is known of a stored file. Its bytes lie in ``LINGKAR_HOME/files``."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class FileKind(models.TextChoices):
    """What a file is sent as. Each kind has its policy in ``rules.py``."""

    PHOTO = "photo", _("Photo")
    PROOF = "proof", _("Proof (photo or PDF)")
    SHEET = "sheet", _("Sheet to be imported")
    LESSON = "lesson", _("Lesson material (picture, PDF, audio, video)")


class StoredFile(AgencyOwned):
    """One stored file. Private: whoever owns the row that points here decides who may see it.

    ``purpose`` names the owner ("reports.photo"). A picture was re-encoded: nothing of the bytes that were sent is
    kept, and its name is ours. A PDF keeps the name it was sent with, which may tell something about a person.
    """

    PERSONAL: ClassVar[Personal] = {"name": Erase.DELETE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=FileKind)
    purpose = models.CharField(_("purpose"), max_length=80, blank=True)
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(_("media type"), max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    created_at = models.DateTimeField(_("stored"))

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return f"{self.name} ({self.size} B)"

    @property
    def is_picture(self) -> bool:
        return self.width is not None

    @property
    def is_played(self) -> bool:
        """Whether a browser plays it: audio or video."""
        return self.media_type.startswith(("audio/", "video/"))

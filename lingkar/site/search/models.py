"""What means the same in one agency."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class Synonym(AgencyOwned):
    """Phrases that mean the same here, in plain words, on top of those that Lingkar ships."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    phrases = ArrayField(models.CharField(max_length=60), verbose_name=_("phrases"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("phrases",)
        constraints = (
            models.CheckConstraint(name="synonym_two_phrases", condition=models.Q(phrases__len__gte=2)),
            models.UniqueConstraint("agency", "phrases", name="synonym_once"),
        )

    def __str__(self) -> str:
        return ", ".join(self.phrases)

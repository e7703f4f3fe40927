"""Why a job failed. The jobs themselves belong to procrastinate."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Personal


class JobFault(models.Model):
    """The last failure of a background job: the kind of error and where it arose.

    Never the error's message, which may hold what a person wrote. Belongs to the installation, not to an agency: some
    jobs serve none.
    """

    PERSONAL: ClassVar[Personal] = {}

    job = models.BigIntegerField(_("job"), primary_key=True)
    at = models.DateTimeField(_("at"))
    error = models.CharField(_("error"), max_length=200)
    place = models.CharField(_("place"), max_length=200)

    class Meta:
        verbose_name = _("failure of a job")
        verbose_name_plural = _("failures of jobs")

    def __str__(self) -> str:
        return f"{self.job}: {self.error}"

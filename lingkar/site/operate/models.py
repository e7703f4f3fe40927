"""Why a job failed, and how an audit trail was found. The jobs themselves belong to procrastinate."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class JobFault(models.Model):
    """The last failure of a background job: the kind of error and where it arose.

    Never the error's message, which may hold what a person wrote. Belongs to the installation, not to an agency: some
    jobs serve none.
    """

    PERSONAL: ClassVar[Personal] = {}

    job = models.BigIntegerField(_("job"), primary_key=True)
    at = models.DateTimeField(_("at"))
    error = models.CharField(_("error"), max_length=200)
    place = models.CharField(pgettext_lazy("backup", "place"), max_length=200)

    class Meta:
        verbose_name = _("failure of a job")
        verbose_name_plural = _("failures of jobs")

    def __str__(self) -> str:
        return f"{self.job}: {self.error}"


class ChainCheck(AgencyOwned):
    """How the audit trail of an agency was found when it was last walked from end to end."""

    PERSONAL: ClassVar[Personal] = {}

    at = models.DateTimeField(_("at"))
    count = models.PositiveBigIntegerField(_("entries"))
    faults = models.PositiveBigIntegerField(_("faults"))

    class Meta:
        verbose_name = _("check of an audit trail")
        verbose_name_plural = _("checks of audit trails")
        constraints = (models.UniqueConstraint("agency", name="chaincheck_one"),)

    def __str__(self) -> str:
        return f"{self.count} / {self.faults}"

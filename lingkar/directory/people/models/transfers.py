"""A record that one agency of the installation hands over to another."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people.models.persons import Person
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import Agency, AgencyOwned


class TransferState(models.TextChoices):
    """How far a transfer is."""

    RELEASED = "released", _("Waits to be taken")
    TAKEN = "taken", _("Taken")
    WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "Withdrawn")


class Transfer(AgencyOwned):
    """Somebody who left: their agency releases the record to another one, which takes it.

    The row belongs to the releasing agency. Until it is released the other one sees nothing; taken, the facts stand in
    a record of the other agency, and the first one keeps its history without the number (``Person.moved_at``).
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    to = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    state = models.CharField(_("state"), max_length=10, choices=TransferState, default=TransferState.RELEASED)
    released_by = models.UUIDField(null=True)
    released_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = (
            models.UniqueConstraint(
                "person", name="transfer_one_open", condition=models.Q(state=TransferState.RELEASED)
            ),
            models.CheckConstraint(condition=~models.Q(to=models.F("agency")), name="transfer_to_another_agency"),
        )
        indexes = (
            models.Index(fields=("to",), name="transfer_open", condition=models.Q(state=TransferState.RELEASED)),
        )

    def __str__(self) -> str:
        return f"{self.person_id} → {self.to_id}"

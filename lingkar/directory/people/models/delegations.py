"""A role handed to a colleague for a time."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.directory.people.models.accounts import Account, RoleGrant
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class DelegationState(models.TextChoices):
    """How far a delegation is. Past its last day an accepted one is over by itself."""

    OFFERED = "offered", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class Delegation(AgencyOwned):
    """Somebody's own role for a colleague between two days, both included.

    Once accepted, ``given`` is the colleague's grant for these days, and ``grant`` rests (``RoleGrant.rests_from``): no
    two people hold one role at a time.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    grant = models.ForeignKey(RoleGrant, models.PROTECT, related_name="+", verbose_name=_("role"))
    receiver = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name=_("to"))
    given = models.OneToOneField(RoleGrant, models.PROTECT, null=True, blank=True, related_name="delegation")
    state = models.CharField(_("state"), max_length=10, choices=DelegationState, default=DelegationState.OFFERED)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"))
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = (
            models.UniqueConstraint(
                "grant",
                name="delegation_one_open",
                condition=models.Q(state=DelegationState.OFFERED),
            ),
            models.CheckConstraint(
                condition=models.Q(state=DelegationState.WITHDRAWN) | models.Q(valid_to__gte=models.F("valid_from")),
                name="delegation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DelegationState.ACCEPTED) | models.Q(given__isnull=False),
                name="delegation_accepted_gives",
            ),
        )

    def __str__(self) -> str:
        return f"{self.grant_id} → {self.receiver_id}"

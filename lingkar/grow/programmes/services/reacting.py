"""What participants thought of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.foundation.access import Actor, Forbidden
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import access, rules, schemes
from lingkar.grow.programmes.models import CohortState, Participant, Reaction, Standing


@transaction.atomic
def react(*, participant: UUID, ratings: Mapping[str, int], comment: str = "", by: Actor, at: datetime) -> None:
    """A participant answers the questions at the end, once. The answer itself does not say who gave it.

    The day stands with the participant alone: on a day on which one person answers, it would say whose answer it is.
    ``Refused("programmes.reacted")`` the second time.
    """
    item = access.fetch_participant(by, participant, access.Action.LOOK)
    if item.person.account_id is None or item.person.account_id != by.person:
        raise Forbidden
    if item.standing == Standing.WITHDRAWN or item.cohort.state in (CohortState.DRAFT, CohortState.OPEN):
        raise Refused("programmes.not_yet")
    rules.check_ratings(schemes.read(item.cohort.scheme), ratings)
    today = timezone.localdate(at)
    if not Participant.objects.filter(pk=item.pk, reacted_on__isnull=True).update(reacted_on=today):
        raise Refused("programmes.reacted")
    Reaction.objects.create(
        agency_id=by.agency, cohort=item.cohort, ratings=dict(ratings), comment=comment.strip()[:1000],
        given_on=item.cohort.first_day,
    )  # fmt: skip
    record(by, "programmes.reacted", item.cohort, at=at)

"""Who takes part, and who has a duty."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.listed import Listed, listed
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.programmes import access
from lingkar.grow.programmes.models import Cohort, Duty, Participant


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """A participant as lists show them."""

    id: UUID
    origin: str
    institution: str
    standing: str
    final: Decimal | None
    predicate: str
    finished_on: date | None
    person: UUID = column("person_id")  # noqa: RUF009
    name: str = column("person__name")
    nip: str | None = column("person__nip")
    unit: str | None = column("unit__name")


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty as lists show it: with no participant it is for all."""

    id: UUID
    kind: str
    person: UUID = column("person_id")  # noqa: RUF009
    name: str = column("person__name")
    participant: UUID | None = column("participant_id")  # noqa: RUF009
    participant_name: str | None = column("participant__person__name")


def participants_of(
    by: Actor, cohort: Cohort | UUID, *, standing: str = "", text: str = ""
) -> "QuerySet[Participant, ParticipantLine]":
    """Participants by name, as ``by`` may see them: all, those that they guide, or only themselves."""
    rows = access.PARTICIPANTS.visible(by).filter(cohort=cohort)
    if standing:
        rows = rows.filter(standing=standing)
    for word in text.split():
        rows = rows.filter(Q(person__name__icontains=word) | Q(person__nip__startswith=word))
    return plain(rows.order_by("person__name", "pk"), ParticipantLine)


def roster(
    by: Actor, cohort: Cohort, *, standing: str = "", text: str = ""
) -> "QuerySet[Participant, ParticipantLine] | Listed[ParticipantLine]":
    """The same, to be read page by page."""
    if text.split():
        return participants_of(by, cohort, standing=standing, text=text)
    return _roster(by.sight, standing, account=by.person, cohort=cohort.pk)


@listed
def _roster(
    sight: Actor, standing: str, *, account: UUID | None, cohort: UUID
) -> "QuerySet[Participant, ParticipantLine]":
    return participants_of(sight.seen_by(account), cohort, standing=standing)


def participant_for(by: Actor, participant: UUID) -> Participant:
    """One participant with cohort and person; ``Unseen`` for whoever does not guide them."""
    return access.fetch_participant(by, participant, access.Action.LOOK)


def guides_of(participant: UUID) -> list[tuple[UUID, str]]:
    """Who has a duty for a participant, alone or with the whole cohort, as (person, kind): for modules above."""
    item = Participant.objects.filter(pk=participant).values_list("cohort", "person").first()
    if item is None:
        return []
    rows = Duty.objects.filter(Q(participant__isnull=True) | Q(participant=participant), cohort=item[0])
    return list(rows.exclude(person=item[1]).order_by("kind", "person").values_list("person", "kind").distinct())


def duties_in(by: Actor, cohort: Cohort) -> "QuerySet[Duty, DutyLine]":
    """Trainers, mentors, coaches, examiners of a cohort that ``by`` sees."""
    rows = Duty.objects.filter(cohort=cohort, cohort__in=access.COHORTS.visible(by).values("pk"))
    return plain(rows.order_by("kind", "person__name", "participant__person__name"), DutyLine)

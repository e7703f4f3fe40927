"""Who looks after programmes, and what participants, trainers, mentors, coaches and examiners see.

Duties are rows, no roles: what somebody with a duty may see and mark follows from the rows of ``Duty``.
"""

from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import NOBODY, Actor, Forbidden, declare, declare_by_rows
from lingkar.grow.programmes.models import Cohort, CohortState, Duty, DutyKind, Participant, Session


class Action(StrEnum):
    """Acts of this module. ``LOOK`` and ``GUIDE`` belong to no role: participants and duties carry them."""

    MANAGE = "programmes.manage"  # cohorts, rosters, schedules, marks, meetings
    LOOK = "programmes.look"  # see a cohort
    GUIDE = "programmes.guide"  # note attendance, give marks of the own duty


declare(Action.MANAGE, roles=[Role.TRAINING], whole=True)
declare_by_rows(Action.LOOK)
declare_by_rows(Action.GUIDE)


def manages(by: Actor) -> bool:
    """Whether ``by`` looks after the programmes of the agency."""
    return by.is_system or by.may(Action.MANAGE)


def demand(by: Actor) -> None:
    """``Forbidden`` (403) unless ``by`` looks after programmes."""
    if not manages(by):
        raise Forbidden


def has_duty(by: Actor, *, kinds: tuple[str, ...] = tuple(DutyKind.values), cohort: str = "pk") -> Exists:
    """Rows whose ``cohort`` gives ``by`` one of these duties."""
    return duties_in_cohort(by.person or NOBODY, kinds=kinds, cohort=cohort)


def duties_in_cohort(account: UUID, *, kinds: tuple[str, ...], cohort: str) -> Exists:
    """The same for the account of somebody."""
    return Exists(Duty.objects.filter(cohort=OuterRef(cohort), person__account=account, kind__in=kinds))


def teaches(by: Actor, cohort: UUID) -> bool:
    """Whether ``by`` is a trainer of a cohort that is not over."""
    rows = Duty.objects.filter(cohort=cohort, kind=DutyKind.TRAINER, person__account=by.person or NOBODY)
    return rows.exclude(cohort__state=CohortState.CLOSED).exists()


class CohortPolicy:
    """Who manages sees every cohort; others those that they take part in (once it is open), or have a duty for."""

    def visible(self, by: Actor) -> QuerySet[Cohort]:
        rows = Cohort.objects.select_related("type", "service")
        if manages(by):
            return rows
        if not by.is_signed_in:
            return rows.none()
        mine = Participant.objects.filter(cohort=OuterRef("pk"), person__account=by.person)
        taking_part = Q(Exists(mine)) & ~Q(state=CohortState.DRAFT)
        return rows.filter(taking_part | Q(has_duty(by)))

    def allows(self, by: Actor, action: str, item: Cohort) -> bool:
        if action == Action.LOOK or manages(by):
            return True
        guided = Duty.objects.filter(cohort=item, person__account=by.person or NOBODY)
        return action == Action.GUIDE and guided.exists()


class ParticipantPolicy:
    """Who manages sees every participant, somebody with a duty those they guide, and everybody themselves."""

    def visible(self, by: Actor) -> QuerySet[Participant]:
        rows = Participant.objects.select_related("cohort", "person", "unit")
        if manages(by):
            return rows
        if not by.is_signed_in:
            return rows.none()
        duty = Duty.objects.filter(cohort=OuterRef("cohort"), person__account=by.person)
        guided = Exists(duty.filter(Q(participant__isnull=True) | Q(participant=OuterRef("pk"))))
        return rows.filter(Q(person__account=by.person) | Q(guided))

    def allows(self, by: Actor, action: str, item: Participant) -> bool:
        if manages(by):
            return True
        if action == Action.LOOK:
            return True
        return action == Action.GUIDE and guides(by, item)


COHORTS, PARTICIPANTS = CohortPolicy(), ParticipantPolicy()


def guides(by: Actor, item: Participant, *, kinds: tuple[str, ...] = tuple(DutyKind.values)) -> bool:
    """Whether ``by`` has one of these duties for a participant."""
    return bool(duties_for(by, item) & set(kinds))


def duties_for(by: Actor, item: Participant) -> set[str]:
    """The kinds of duty that ``by`` has for a participant."""
    rows = Duty.objects.filter(cohort=item.cohort_id, person__account=by.person or NOBODY)
    return set(rows.filter(Q(participant__isnull=True) | Q(participant=item.pk)).values_list("kind", flat=True))


def own(by: Actor) -> QuerySet[Participant]:
    """The participations of whoever acts."""
    return Participant.objects.filter(person__account=by.person or NOBODY)


def guided(by: Actor, *, kinds: tuple[str, ...]) -> QuerySet[Participant]:
    """Participants for whom ``by`` has one of these duties, one by one or with their whole cohort; never oneself."""
    if not by.is_signed_in:
        return Participant.objects.none()
    duty = Duty.objects.filter(cohort=OuterRef("cohort"), person__account=by.person, kind__in=kinds)
    mine = Exists(duty.filter(Q(participant__isnull=True) | Q(participant=OuterRef("pk"))))
    return Participant.objects.filter(mine).exclude(person__account=by.person)


def fetch_cohort(by: Actor, cohort: UUID, action: str = Action.MANAGE, *, lock: bool = False) -> Cohort:
    """One cohort for one act; see ``foundation.access.fetch``."""
    return access.fetch(COHORTS, by, cohort, action, lock=lock)


def fetch_participant(by: Actor, participant: UUID, action: str, *, lock: bool = False) -> Participant:
    """One participant for one act; see ``foundation.access.fetch``."""
    return access.fetch(PARTICIPANTS, by, participant, action, lock=lock)


def fetch_session(by: Actor, session: UUID) -> Session:
    """A session that ``by`` teaches or manages: its trainer, a trainer of the cohort, or the training office."""
    rows = Session.objects.select_related("cohort", "subject", "trainer")
    item = rows.filter(pk=session).first()
    if item is None or not COHORTS.visible(by).filter(pk=item.cohort_id).exists():
        raise access.Unseen
    if manages(by):
        return item
    account = by.person or NOBODY
    teaches = item.trainer is not None and item.trainer.account_id == account
    duty = Duty.objects.filter(cohort=item.cohort_id, person__account=account, kind=DutyKind.TRAINER)
    if not (teaches or duty.exists()):
        raise Forbidden
    return item

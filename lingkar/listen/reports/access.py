"""Who may see and do what with reports."""

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingkar.directory.orgs.queries import lineage
from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import Actor, Forbidden, Unseen, declare
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.listen.reports.models import Report, ReporterContact


class Action(StrEnum):
    """What can be done with reports."""

    DESK = "reports.desk"  # open the queue and cases; which cases stand there is asked of each one
    VIEW = "reports.view"
    HANDLE = "reports.handle"  # accept, note, reply, close, hand over, recategorise
    REFER = "reports.refer"
    PUBLISH = "reports.publish"
    SEAL = "reports.seal"
    CONTACT = "reports.contact"  # see how to reach the reporter
    SEALED = "reports.sealed"  # everything a sealed case needs; nothing else opens one
    CATEGORIES = "reports.categories"  # say which unit answers for what, and which words propose it


declare(Action.DESK, roles=[Role.OFFICER, Role.COORDINATOR, Role.LEADER, Role.INSPECTOR])
declare(Action.VIEW, roles=[Role.OFFICER, Role.COORDINATOR, Role.LEADER])
declare(Action.HANDLE, roles=[Role.OFFICER])
declare(Action.REFER, roles=[Role.OFFICER, Role.COORDINATOR])
declare(Action.PUBLISH, roles=[Role.OFFICER, Role.COORDINATOR])
declare(Action.SEAL, roles=[Role.OFFICER, Role.COORDINATOR])
declare(Action.CONTACT, roles=[Role.OFFICER])
declare(Action.SEALED, roles=[Role.INSPECTOR])
declare(Action.CATEGORIES, roles=[Role.COORDINATOR, Role.OPERATOR], whole=True)

NEVER_ON_SEALED = frozenset({Action.PUBLISH, Action.SEAL})


class ReportPolicy:
    """Open cases by unit; sealed cases for inspectors alone, and never for the unit complained of."""

    def visible(self, by: Actor) -> QuerySet[Report]:
        """Every report that ``by`` may know of. Rows are locked alone: related units stay free."""
        rows = Report.objects.select_related("unit", "reported_unit", "category", "service", "place", "place__parent")
        open_ones = Q(is_sealed=False) & _below("unit__path", by.paths(Action.VIEW))
        sealed = Q(is_sealed=True) & _below("unit__path", by.paths(Action.SEALED)) & ~_complained_of(by)
        return rows.filter(open_ones | sealed).defer("search")

    def allows(self, by: Actor, action: str, item: Report) -> bool:
        if item.is_sealed:
            return action not in NEVER_ON_SEALED and by.may(Action.SEALED, item.unit.path)
        return by.may(action, item.unit.path)


def below(field: str, by: Actor) -> Q:
    """Units (whose path is ``field``) where ``by`` may see open or sealed cases."""
    return _below(field, tuple({*by.paths(Action.VIEW), *by.paths(Action.SEALED)}))


def _below(field: str, paths: tuple[str, ...]) -> Q:
    if "" in paths:
        return Q()
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=[]))


def _complained_of(by: Actor) -> Q:
    """Cases about a unit in which ``by`` holds any grant, or above or below it: they never see the complaint.

    Only an inspector's own grant does not count upwards: a complaint about the whole government, in which the
    Inspektorat stands too, would otherwise be seen by nobody.
    """
    paths = {grant.path for grant in by.grants if grant.path}
    above = {top for path in paths - set(by.paths(Action.SEALED)) for top in lineage(path)}
    within = (Q(reported_unit__path__startswith=path) for path in paths)
    return reduce(or_, within, Q(reported_unit__path__in=sorted(above)))


class WithContact(ReportPolicy):
    """The same, with ``has_contact`` and ``is_contact_withheld`` on each row: for the page of one case."""

    def visible(self, by: Actor) -> QuerySet[Report]:
        contact = ReporterContact.objects.filter(report=OuterRef("pk"))
        rows = super().visible(by)
        return rows.annotate(has_contact=Exists(contact), is_contact_withheld=Exists(contact.filter(is_withheld=True)))


POLICY = ReportPolicy()


def sight(by: Actor) -> Actor:
    """What of an actor decides which reports they see: their grants, and nothing of the person.

    Colleagues with the same grants ask the same prepared questions.
    """
    return Actor(agency=by.agency, grants=by.grants)


def fetch(by: Actor, report: UUID, action: Action, *, lock: bool = False) -> Report:
    """One report for one act; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, report, action, lock=lock)


def fetch_to_read(by: Actor, report: UUID) -> Report:
    """One report for its page, with ``has_contact``."""
    rows: list[Report] = _to_read(sight(by), report=report)
    if not rows:
        raise Unseen
    if not POLICY.allows(by, Action.VIEW, rows[0]):
        raise Forbidden
    return rows[0]


@prepared
def _to_read(by: Actor, *, report: UUID) -> QuerySet[Report]:
    return WithContact().visible(by).filter(pk=report)


def visible(by: Actor) -> QuerySet[Report]:
    """Every report that ``by`` may know of."""
    return POLICY.visible(by)


def may(by: Actor, action: Action, report: Report) -> bool:
    """Whether a button is shown: the service asks again."""
    return POLICY.allows(by, action, report)

"""Who can be given an account, and why others cannot."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from lingkar.directory.people import access
from lingkar.directory.people.access import Action
from lingkar.directory.people.models import Account, Person, Placement, Round, Status
from lingkar.directory.people.queries.accounts import names_of
from lingkar.foundation.access import NOBODY, Actor, Unseen


@dataclass(frozen=True)
class Chosen:
    """Whom to invite: within a unit (tree path), of a kind, of a grade; "" is any."""

    path: str = ""
    kind: str = ""
    golongan: str = ""


@dataclass(frozen=True)
class Preview:
    """How many of those chosen will be invited, and how many not, by reason."""

    ready: int
    have_account: int
    no_email: int
    shared_email: int
    own_email: int = 0
    """Their address was written by who would invite them: a colleague has to (decision 0113)."""

    @property
    def all(self) -> int:
        return self.ready + self.have_account + self.no_email + self.shared_email + self.own_email


def _chosen(by: Actor, chosen: Chosen) -> QuerySet[Person]:
    rows = Person.objects.filter(agency=by.agency, status=Status.ACTIVE, erased_at__isnull=True)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.golongan:
        rows = rows.filter(golongan=chosen.golongan)
    for tops in filter(None, ((chosen.path,), _tops(by))):
        placed = Placement.objects.filter(access.within(tops, "unit__path"), person=OuterRef("pk"), is_main=True)
        rows = rows.filter(Exists(placed.filter(valid_to__isnull=True)))
    return rows


def _tops(by: Actor) -> tuple[str, ...]:
    """The parts of the tree to which ``by`` is limited; () for the whole agency."""
    return () if by.is_system or by.may(Action.INVITE, "") else by.paths(Action.INVITE)


def _shares() -> Q:
    """Somebody else signs in with this address or has it on record: an account for two would be nobody's."""
    accounts = Account.objects.alias(low=Lower("email")).filter(low=OuterRef("email"))
    others = Person.objects.filter(email=OuterRef("email")).exclude(pk=OuterRef("pk"))
    return Q(Exists(accounts)) | Q(Exists(others.filter(erased_at__isnull=True)))


def _written_by(who: UUID | None) -> Q:
    """The address on record was written by ``who``."""
    return Q(email_by=who) if who else Q(pk__isnull=True)


def _same_number() -> Exists:
    return Exists(Account.objects.filter(nip=OuterRef("nip")))


def invitation_preview(by: Actor, chosen: Chosen) -> Preview:
    """What a round would do. One query."""
    has = Q(account__isnull=False) | Q(_same_number())
    mute, own = Q(email=""), _written_by(by.person)
    counts = _chosen(by, chosen).aggregate(
        have_account=Count("pk", filter=has),
        no_email=Count("pk", filter=~has & mute),
        shared_email=Count("pk", filter=~has & ~mute & _shares()),
        ready=Count("pk", filter=~has & ~mute & ~_shares() & ~own),
        own_email=Count("pk", filter=~has & ~mute & ~_shares() & own),
    )
    return Preview(**counts)


def to_invite(by: Actor, chosen: Chosen, *, asked_by: UUID | None) -> QuerySet[Person]:
    """Those who will be invited when ``asked_by`` asks for it, by name: never to an address that they wrote."""
    rows = _chosen(by, chosen).filter(~Q(email=""), ~_shares(), ~_same_number(), account__isnull=True)
    return rows.exclude(_written_by(asked_by)).order_by("name", "pk")


@dataclass(frozen=True)
class Written:
    """An address that a colleague wrote, to be looked at before a letter goes there."""

    name: str
    email: str
    by: str


def written_by_others(by: Actor, chosen: Chosen) -> list[Written]:
    """Addresses that colleagues wrote, of those whom ``by`` would invite; twenty at most."""
    rows = to_invite(by, chosen, asked_by=by.person).filter(email_by__isnull=False)
    found = [(row, row.email_by or NOBODY) for row in rows[:20]]
    names = names_of(who for _, who in found)
    return [Written(row.name, row.email, names.get(who, "")) for row, who in found]


def without_email(by: Actor, chosen: Chosen) -> QuerySet[Person]:
    """Those who have no account and no address of their own, by name: the list to work through."""
    rows = _chosen(by, chosen).filter(Q(email="") | _shares(), ~_same_number(), account__isnull=True)
    return rows.order_by("name", "pk")


def may_invite(by: Actor, path: str) -> bool:
    """Whether ``by`` opens accounts for the people of the units at and below ``path`` ("": of all)."""
    return by.is_system or by.may(Action.INVITE, path)


def round_seen_by(by: Actor, pk: UUID) -> Round:
    """A round of invitations, for whoever asked for it and for those who invite in the whole agency."""
    found = Round.objects.filter(pk=pk, agency=by.agency).first()
    if found is None or not (by.may(Action.INVITE, "") or found.asked_by == by.person):
        raise Unseen
    return found

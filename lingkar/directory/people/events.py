"""What happened to accounts and their roles."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("people.account_opened")
@dataclass(frozen=True)
class AccountOpened:
    """Somebody can sign in from now on."""

    agency: UUID
    account: UUID
    at: datetime


@event("people.account_closed")
@dataclass(frozen=True)
class AccountClosed:
    """Nobody signs in with this account any more."""

    agency: UUID
    account: UUID
    at: datetime


@event("people.role_granted")
@dataclass(frozen=True)
class RoleGranted:
    """An account received a role over a unit, or over the whole agency when ``unit`` is empty."""

    agency: UUID
    account: UUID
    grant: UUID
    role: str
    unit: UUID | None
    at: datetime


@event("people.grant_ended")
@dataclass(frozen=True)
class GrantEnded:
    """A role ends after ``last_day``."""

    agency: UUID
    account: UUID
    grant: UUID
    role: str
    last_day: date
    at: datetime


@event("people.people_added")
@dataclass(frozen=True)
class PeopleAdded:
    """People were recorded, one by hand or many from a file."""

    agency: UUID
    count: int
    at: datetime


@event("people.placed")
@dataclass(frozen=True)
class PersonPlaced:
    """Somebody works in a unit from ``since`` on."""

    agency: UUID
    person: UUID
    unit: UUID
    since: date
    at: datetime


@event("people.status_changed")
@dataclass(frozen=True)
class StatusChanged:
    """Somebody left, retired, died or came back."""

    agency: UUID
    person: UUID
    status: str
    on: date
    at: datetime

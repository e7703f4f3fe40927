"""What may be granted, and when a grant may end. Pure."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from lingkar.foundation.refusals import Refused

ONE_DAY = timedelta(days=1)


def check_not_self(account: UUID, by: UUID | None) -> None:
    """Nobody gives a role to themselves, nor takes one away from themselves (separation of duties)."""
    if account == by:
        raise Refused("people.own_grant")


def check_not_own_account(account: UUID, by: UUID | None) -> None:
    """Nobody closes their own account or removes their own second step this way."""
    if account == by:
        raise Refused("people.own_account")


def check_reach(*, is_watchdog: bool, unit: UUID | None) -> None:
    """Who opens sealed cases does so for a unit: over the whole agency they would read complaints about themselves."""
    if is_watchdog and unit is None:
        raise Refused("people.watchdog_needs_unit")


SEALED = frozenset({"inspector"})
"""Roles that read what is kept even from those who run the installation: no one person gives them alone."""


def needs_two(role: str, *, also_operators: bool) -> bool:
    """Whether a role waits for a second person. ``also_operators``: the agency asks it for its operators too."""
    return role in SEALED or (also_operators and role == "operator")


def check_second(*, waits: bool, is_over: bool, given_by: UUID | None, account: UUID, by: UUID | None) -> None:
    """Whether ``by`` may decide on a role that waits: neither who gave it nor who receives it."""
    if not waits:
        raise Refused("people.grant_decided")
    if is_over:
        raise Refused("people.grant_over")
    if by is not None and by == given_by:
        raise Refused("people.second_operator")
    check_not_self(account, by)


def check_dates(valid_from: date, valid_to: date | None) -> None:
    """A grant ends on the day it begins, at the earliest."""
    if valid_to is not None and valid_to < valid_from:
        raise Refused("people.ends_before_it_begins", valid_from=valid_from)


def end_of(last_day: date, *, valid_from: date, valid_to: date | None, today: date) -> date:
    """The day on which a grant ends when it is asked to end after ``last_day``.

    Yesterday ends it at once. A grant is shortened, never lengthened, and never further into the past: what was done
    under it stays explained. One that has not begun ends on the day before it begins: it never holds.
    """
    if valid_to is not None and last_day > valid_to:
        raise Refused("people.already_ends", valid_to=valid_to)
    if last_day < today - ONE_DAY:
        raise Refused("people.ends_in_the_past", today=today)
    return max(last_day, valid_from - ONE_DAY)


def check_operator_remains(others: Collection[tuple[date, date | None]], *, last_day: date) -> None:
    """An agency is never without an operator.

    ``others`` are the days from and to of the other people's operator grants. One of them must hold without end from
    the day after ``last_day`` at the latest, else ``Refused("people.last_operator")``.
    """
    if not any(to is None and start <= last_day + ONE_DAY for start, to in others):
        raise Refused("people.last_operator")

"""Which role may be handed to whom, and for how long. Pure."""

from datetime import date, timedelta

from lingkar.directory.people.rules.persons import Days, overlap
from lingkar.foundation.refusals import Refused

DELEGABLE = frozenset({"officer", "coordinator", "leader", "personnel", "training", "supervisor"})
"""Not the inspector: sealed cases are read by those whom somebody else appointed, or the one complained of could be
handed them. Not the operator: whoever runs the installation does not pass its keys on."""


def check_offer(
    *, role: str, grant: Days, days: tuple[date, date], today: date, longest: int, is_received: bool, others: list[Days]
) -> None:
    """Whether a grant held in the days ``grant`` may be handed on in ``days``.

    ``is_received``: it was itself handed over. ``others``: days in which it is handed to somebody already; they must be
    over, for a grant rests in one span of days (``RoleGrant.rests_from``): a second one would wake it in the first.
    """
    if role not in DELEGABLE:
        raise Refused("people.not_delegable")
    if is_received:
        raise Refused("people.delegated_already")
    if days[1] < days[0]:
        raise Refused("people.ends_before_it_begins", valid_from=days[0])
    if days[0] < today:
        raise Refused("people.delegation_in_the_past")
    if (days[1] - days[0]).days + 1 > longest:
        raise Refused("people.delegation_too_long", longest=longest)
    if days[0] < grant[0] or (grant[1] is not None and days[1] > grant[1]):
        raise Refused("people.delegation_beyond_role")
    if any(overlap((today, None), other) for other in others):
        raise Refused("people.delegated_then")


def check_receiver(*, is_self: bool, works_there: bool, holds_it: bool) -> None:
    """A colleague of the role's own units, who does not hold the role there already."""
    if is_self:
        raise Refused("people.delegated_to_self")
    if not works_there:
        raise Refused("people.receiver_elsewhere")
    if holds_it:
        raise Refused("people.receiver_holds_it")


def check_still_held(*, is_over: bool, grant: Days, days: tuple[date, date]) -> None:
    """What was offered is there to be taken: the role holds on all of these days, and so does the offer."""
    ends_before = grant[1] is not None and grant[1] < days[1]
    if is_over or grant[0] > days[0] or ends_before:
        raise Refused("people.delegation_over")


def rest_after(days: tuple[date, date], *, last_day: date) -> tuple[date, date] | None:
    """The days in which the giver's role rests when the delegation ends after ``last_day``; None: in none."""
    end = min(days[1], last_day)
    return (days[0], end) if end >= days[0] else None


def yesterday(today: date) -> date:
    """The day before: who ends something at once ends it with that day."""
    return today - timedelta(days=1)

"""Positions with their past and their plans while they are changed: read, told anew, written where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.models import POSITION_TELLS, Position, PositionState
from lingkar.directory.orgs.rules import Post
from lingkar.directory.orgs.services.chronicle import lock_tree
from lingkar.foundation.access import Unseen
from lingkar.foundation.tenancy.models import Agency


@dataclass
class Posts:
    """Some positions of an agency, which nobody else changes until the transaction ends."""

    agency: Agency
    today: date
    rows: dict[UUID, Position]
    states: dict[UUID, list[PositionState]]
    told: dict[UUID, list[Post]] = field(default_factory=dict)

    @classmethod
    def locked(cls, agency: UUID, positions: Iterable[UUID], *, at: datetime) -> Self:
        """These positions; ``Unseen`` when one of them is not there."""
        wanted, owner = set(positions), lock_tree(agency)
        rows = {row.pk: row for row in Position.objects.select_related("unit").filter(agency=agency, pk__in=wanted)}
        if wanted - rows.keys():
            raise Unseen
        states: dict[UUID, list[PositionState]] = {pk: [] for pk in rows}
        for state in PositionState.objects.filter(position__in=wanted).order_by("valid_from"):
            states[state.position_id].append(state)
        told = {pk: [post_of(state) for state in known] for pk, known in states.items()}
        return cls(owner, at.astimezone(ZoneInfo(owner.timezone)).date(), rows, states, told)

    def write(self) -> None:
        """Check what is told, write it where it differs, and bring the positions to their state of today."""
        changed = [pk for pk, posts in self.told.items() if posts != [post_of(state) for state in self.states[pk]]]
        for pk in changed:
            for post in self.told[pk]:
                rules.check_post(post)
        self._check_heads(changed)
        gone, kept, new = self._differences(changed)
        PositionState.objects.filter(pk__in=gone).delete()
        columns = [*POSITION_TELLS, "valid_from", "valid_to"]
        for state in [*kept, *new]:
            state.clean_fields(exclude=["id", "agency", "unit", "position"])
        PositionState.objects.bulk_update(kept, columns, batch_size=500)
        PositionState.objects.bulk_create(new, batch_size=1000)
        self.settle(changed)

    def settle(self, positions: Iterable[UUID]) -> int:
        """Bring positions' own rows to their state of today; how many were changed."""
        changed = [self.rows[pk] for pk in positions if bring(self.rows[pk], self.told[pk], self.today)]
        Position.objects.bulk_update(changed, [*POSITION_TELLS, "valid_from", "valid_to"], batch_size=500)
        return len(changed)

    def _check_heads(self, changed: Sequence[UUID]) -> None:
        """On no day a unit is led by two positions."""
        units = {self.rows[pk].unit_id for pk in changed}
        led: dict[UUID, list[Post]] = {}
        for state in PositionState.objects.filter(unit__in=units, leads=True).exclude(position__in=changed):
            led.setdefault(state.unit_id, []).append(post_of(state))
        for pk in changed:
            row, known = self.rows[pk], led.setdefault(self.rows[pk].unit_id, [])
            leading = [post for post in self.told[pk] if post.leads]
            rules.check_heads(known, leading, unit=row.unit_id, named=row.code)
            known += leading

    def _differences(
        self, changed: Iterable[UUID]
    ) -> tuple[list[int], list[PositionState], list[PositionState]]:  # fmt: skip
        """Keys of states that fall away, states that stay in their row, and new ones."""
        gone: list[int] = []
        kept: list[PositionState] = []
        new: list[PositionState] = []
        for pk in changed:
            rows = {state.valid_from: state for state in self.states[pk]}
            for post in self.told[pk]:
                old, state = rows.pop(post.first, None), state_from(self.rows[pk], post)
                state.pk = old.pk if old else None
                (kept if old else new).append(state)
            gone += [state.pk for state in rows.values()]
        return gone, kept, new


def post_of(state: Position | PositionState) -> Post:
    """A state as the rules read it."""
    facts = {name: getattr(state, name) for name in POSITION_TELLS}
    return Post(state.valid_from, state.valid_to, **facts)


def state_from(row: Position, post: Post) -> PositionState:
    """A state that is not saved yet."""
    facts = {name: getattr(post, name) for name in POSITION_TELLS}
    return PositionState(
        agency_id=row.agency_id, position=row, unit_id=row.unit_id, valid_from=post.first, valid_to=post.last, **facts
    )


def bring(row: Position, posts: Sequence[Post], today: date) -> bool:
    """Make a position's own row tell today; whether it told something else."""
    now = next((post for post in reversed(posts) if post.first <= today), posts[0])
    told: Mapping[str, object] = {name: getattr(now, name) for name in POSITION_TELLS} | {
        "valid_from": posts[0].first,
        "valid_to": posts[-1].last,
    }
    differs = any(getattr(row, name) != value for name, value in told.items())
    for name, value in told.items():
        setattr(row, name, value)
    return differs


def turned(agency: UUID, today: date) -> list[UUID]:
    """Positions of which something may have come true since they were written."""
    rows = PositionState.objects.filter(agency=agency, valid_from__lte=today, valid_from__gt=F("position__valid_from"))
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).values_list("position", flat=True))

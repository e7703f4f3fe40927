"""What the page of one unit shows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from lingkar.directory.orgs import access
from lingkar.directory.orgs.models import Position, PositionState, Succession, Unit, UnitState
from lingkar.directory.orgs.queries.history import states_of
from lingkar.directory.orgs.queries.positions import position_of, post_states, standard_of, states_of_position
from lingkar.directory.orgs.queries.tree import Node, tree_on
from lingkar.directory.orgs.queries.units import unit_coded
from lingkar.foundation.access import Actor, Unseen


@dataclass(frozen=True)
class UnitSeen:
    """A unit on a day, for one viewer: what stands above and below, who leads, what it was, where it went on.

    ``node`` is missing where it does not exist on the day. ``positions`` are for people signed in.
    """

    unit: Unit
    day: date
    node: Node | None
    above: tuple[Node, ...]
    below: tuple[Node, ...]
    states: tuple[UnitState, ...]
    successions: tuple[Succession, ...]
    positions: tuple[PositionState, ...]
    may_manage: bool

    @property
    def head(self) -> PositionState | None:
        return next((position for position in self.positions if position.leads), None)

    @property
    def heirs(self) -> tuple[Succession, ...]:
        """In which units it went on."""
        return tuple(row for row in self.successions if row.from_unit_id == self.unit.pk)

    @property
    def is_over(self) -> bool:
        return self.unit.valid_to is not None and self.unit.valid_to < self.day

    @property
    def is_planned(self) -> bool:
        return self.unit.valid_from > self.day

    @property
    def seats(self) -> int:
        return sum(position.seats for position in self.positions)


def unit_seen_by(by: Actor, code: str, *, day: date) -> UnitSeen:
    """The unit with a code in the viewer's agency; ``Unseen`` where there is none."""
    unit = unit_coded(code)
    if unit is None:
        raise Unseen
    tree = tree_on(by.agency, day=day)
    node = next((node for node in tree if node.unit == unit.pk), None)
    moved = Succession.objects.filter(Q(from_unit=unit) | Q(to_unit=unit)).select_related("from_unit", "to_unit")
    return UnitSeen(
        unit=unit,
        day=day,
        node=node,
        above=_above(tree, node),
        below=tuple(other for other in tree if other.parent == unit.pk),
        states=tuple(states_of(unit.pk)),
        successions=tuple(moved.order_by("on", "-is_heir", "pk")),
        positions=tuple(post_states(unit.pk, day)),
        may_manage=access.may_manage(by, unit.path),
    )


@dataclass(frozen=True)
class PositionSeen:
    """A position on a day, for one viewer. ``state`` is the closest one where it is not there on the day."""

    position: Position
    day: date
    state: PositionState
    states: tuple[PositionState, ...]
    profile: dict[str, int]
    may_manage: bool

    @property
    def is_standard(self) -> bool:
        """Whether it requires what its group requires."""
        return self.state.profile is None

    @property
    def is_over(self) -> bool:
        return self.position.valid_to is not None and self.position.valid_to < self.day

    @property
    def is_planned(self) -> bool:
        return self.position.valid_from > self.day


def position_seen_by(by: Actor, position: UUID, *, day: date) -> PositionSeen:
    """A position of the viewer's agency; ``Unseen`` where there is none, and for who is not signed in."""
    item = position_of(position) if by.is_signed_in else None
    if item is None or item.agency_id != by.agency:
        raise Unseen
    states = tuple(states_of_position(position))
    state = next((state for state in reversed(states) if state.valid_from <= day), states[0])
    own = None if state.profile is None else dict(state.profile)
    return PositionSeen(
        position=item,
        day=day,
        state=state,
        states=states,
        profile=standard_of(state, day) if own is None else own,
        may_manage=access.may_manage(by, item.unit.path),
    )


def _above(tree: list[Node], node: Node | None) -> tuple[Node, ...]:
    """The units above, from the top."""
    known = {other.unit: other for other in tree}
    found: list[Node] = []
    while node is not None and node.parent is not None:
        node = known[node.parent]
        found.insert(0, node)
    return tuple(found)

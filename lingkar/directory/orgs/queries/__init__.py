"""Units of the agency in scope, where they stand in its tree on any day, and the positions in them."""

from lingkar.directory.orgs.queries.history import predecessors, state_on, states_of, states_on, successors
from lingkar.directory.orgs.queries.page import UnitSeen, unit_seen_by
from lingkar.directory.orgs.queries.positions import (
    head_position,
    leader_positions,
    position_coded,
    position_of,
    positions_in,
    positions_of,
    profile_of,
)
from lingkar.directory.orgs.queries.tree import Node, found_in, tree_on
from lingkar.directory.orgs.queries.units import (
    INDENT,
    ancestors,
    choices,
    depth,
    inspectorate,
    names_of,
    search,
    secretariat,
    unit_coded,
    unit_for,
    unit_of,
    units_in,
    units_to_manage,
)
from lingkar.directory.orgs.rules import lineage

__all__ = (
    "INDENT",
    "Node",
    "UnitSeen",
    "ancestors",
    "choices",
    "depth",
    "found_in",
    "head_position",
    "inspectorate",
    "leader_positions",
    "lineage",
    "names_of",
    "position_coded",
    "position_of",
    "positions_in",
    "positions_of",
    "predecessors",
    "profile_of",
    "search",
    "secretariat",
    "state_on",
    "states_of",
    "states_on",
    "successors",
    "tree_on",
    "unit_coded",
    "unit_for",
    "unit_of",
    "unit_seen_by",
    "units_in",
    "units_to_manage",
)

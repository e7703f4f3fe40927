"""The tree of any day, as people read it: in order, with what stands above and below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from lingkar.directory.orgs.models import UnitKind
from lingkar.directory.orgs.queries.history import states_on

ORDER = {kind: place for place, kind in enumerate(UnitKind)}


@dataclass(frozen=True)
class Node:
    """A unit in the tree of a day. ``below`` counts every unit under it, ``trail`` names those above from the top."""

    unit: UUID
    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: UUID | None
    depth: int = 0
    below: int = 0
    trail: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, str]:
        """Among units of one parent: by kind, then by name."""
        return ORDER[self.kind], self.name

    def answers(self, words: Iterable[str]) -> bool:
        """Whether every word stands in its name, short name or code."""
        told = f"{self.name} {self.short_name} {self.code}".lower()
        return all(word in told for word in words)


def tree_on(agency: UUID, *, day: date) -> list[Node]:
    """Every unit that exists on ``day``, from the top down, those of one parent by kind and name. One query."""
    children: dict[UUID | None, list[Node]] = {}
    fields = ("unit", "unit__code", "name", "short_name", "kind", "parent")
    for unit, code, name, short_name, kind, parent in states_on(agency, day).values_list(*fields):
        node = Node(unit, code, name, short_name, UnitKind(kind), parent)
        children.setdefault(parent, []).append(node)
    for nodes in children.values():
        nodes.sort(key=lambda node: node.place)
    walked: list[Node] = []
    for node in children.get(None, []):
        walked += _walk(node, children, 0, ())
    return walked


def _walk(node: Node, children: dict[UUID | None, list[Node]], depth: int, trail: tuple[str, ...]) -> list[Node]:
    under: list[Node] = []
    for child in children.get(node.unit, []):
        under += _walk(child, children, depth + 1, (*trail, node.short_name or node.name))
    return [replace(node, depth=depth, below=len(under), trail=trail), *under]


def found_in(tree: Iterable[Node], *, words: str = "", kind: str = "") -> Iterator[Node]:
    """The units of a tree that are of a kind and whose name holds every word."""
    wanted = words.lower().split()
    return (node for node in tree if (not kind or node.kind == kind) and node.answers(wanted))

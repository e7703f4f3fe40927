"""Small cells: which numbers of a table are not shown, so that nobody can be recognised. Pure.

One rule for every module (METHODS: small cells): a group under the smallest size is hidden, and so is what would let
somebody compute it by taking what is shown from a total that is shown as well.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Cell = TypeVar("Cell")
K = TypeVar("K")
P = TypeVar("P")


def hidden(counts: Mapping[Cell, int], *, smallest: int) -> frozenset[Cell]:
    """Which cells of a table that has a total must not be shown.

    Those with fewer than ``smallest`` answers, and, where those alone could be had by taking the others off the total,
    the next larger ones until ``smallest`` answers hide together.
    """
    filled = sorted((n, place) for place, n in enumerate(counts.values()) if n)
    cells, gone, together = list(counts), set[Cell](), 0
    for n, place in filled:
        if n >= smallest and (not gone or together >= smallest):
            break
        gone.add(cells[place])
        together += n
    return frozenset(gone)


def told_groups(
    groups: Mapping[K, frozenset[P]], everybody: frozenset[P], *, smallest: int
) -> tuple[frozenset[K], bool]:
    """Of which groups a mean may be told, and whether of all together: not where taking others off it, that are told
    as well, would leave the mean of fewer than ``smallest`` people. The inner groups come before the outer ones.
    """
    told: dict[K, frozenset[P]] = {}
    for key in sorted(groups, key=lambda key: (len(groups[key]), str(key))):
        if _may_be_told(groups[key], told.values(), smallest):
            told[key] = groups[key]
    return frozenset(told), _may_be_told(everybody, told.values(), smallest)


def _may_be_told(group: frozenset[P], told: Iterable[frozenset[P]], smallest: int) -> bool:
    apart = len(group.difference(*(other for other in told if other <= group)))
    return len(group) >= smallest and (not apart or apart >= smallest)

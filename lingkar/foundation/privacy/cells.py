"""Small cells: which numbers of a table are not shown, so that nobody can be recognised. Pure.

One rule for every module (METHODS: small cells): a group under the smallest size is hidden, and so is what would let
somebody compute it by taking what is shown from a total that is shown as well.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Cell = TypeVar("Cell")
K = TypeVar("K")
P = TypeVar("P")


def hidden(counts: Mapping[Cell, int], *, smallest: int, also: frozenset[Cell] = frozenset()) -> frozenset[Cell]:
    """Which cells of a table that has a total must not be shown.

    Those with fewer than ``smallest`` answers, and, where those alone could be had by taking the others off the total,
    the next larger ones until ``smallest`` answers hide together. ``also``: cells that another table hides anyway.
    """
    filled = sorted((n, place) for place, n in enumerate(counts.values()) if n)
    cells, gone = list(counts), {cell for cell in also if counts.get(cell)}
    together = sum(counts[cell] for cell in gone)
    for n, place in filled:
        if n >= smallest and (not gone or (together >= smallest and len(gone) > 1)):
            break
        if cells[place] not in gone:
            gone.add(cells[place])
            together += n
    return frozenset(gone)


def hidden_both_ways(table: Mapping[K, Mapping[Cell, int]], *, smallest: int) -> dict[K, frozenset[Cell]]:
    """Which cells of a table with a total of each row and each column must not be shown, by row.

    What one row or column hides with a small cell could be had from the totals across it: so each hides in turn, until
    nothing is left to be had.
    """
    columns = {cell for row in table.values() for cell in row}
    gone: dict[K, frozenset[Cell]] = {key: frozenset() for key in table}
    while True:
        before = dict(gone)
        for key, row in table.items():
            gone[key] |= hidden(row, smallest=smallest, also=gone[key])
        for column in columns:
            down = {key: row.get(column, 0) for key, row in table.items()}
            also = frozenset(key for key in table if column in gone[key])
            for key in hidden(down, smallest=smallest, also=also):
                gone[key] |= {column}
        if gone == before:
            return gone


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

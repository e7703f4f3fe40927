"""The numbers of a circle in words, in its order: what each counts, of how many, when, where its rows are."""

from lingkar.loop.scoreboard.queries import hearing, learning
from lingkar.loop.scoreboard.queries.addresses import Addresses
from lingkar.loop.scoreboard.queries.saying import Statement
from lingkar.loop.scoreboard.rules import Facts

TELL = (
    hearing.reports,
    hearing.in_time,
    hearing.rating,
    hearing.satisfaction,
    hearing.promises,
    hearing.why,
    learning.need,
    learning.lacks,
    learning.planned,
    learning.held,
    learning.helped,
)


def statements(facts: Facts, to: Addresses) -> tuple[Statement, ...]:
    """Everything that is known of one service, in the order of the circle."""
    return tuple(tell(facts, to) for tell in TELL)

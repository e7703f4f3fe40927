"""Simulated cities: units, months, trainings one after another, and an effect that is known."""

import math
from dataclasses import dataclass
from random import Random
from uuid import UUID

from lingkar.loop.effect.rules import Counted, Estimate, Kind, Panel, Start, ratio_of, rule

MONTHS = 24


@dataclass(frozen=True)
class World:
    """What happens in a simulated city: what is left after training, how much rates scatter beyond chance."""

    ratio: float
    scatter: float = 1.0


def city(random: Random, world: World) -> tuple[Panel, list[Counted]]:
    """5 to 10 units with 1.2 to 4 cases a month, seasons, growth of up to 30 %; all but two are trained in turn."""
    units = [UUID(int=number + 1) for number in range(random.randint(5, 10))]
    starts = {unit: Start(began := random.randint(8, 19), began + 1) for unit in units[2:]}
    growth = 0.3 * random.random()
    rows = []
    for unit in units:
        level = math.exp(random.uniform(math.log(1.2), math.log(4)))
        for month in range(MONTHS):
            mean = level * (1 + growth * month / MONTHS) * (1 + 0.4 * math.sin(math.pi * month / 6))
            if unit in starts and month >= starts[unit].began:
                mean *= world.ratio
            rows.append(Counted(unit, month, _cases(random, mean, world.scatter)))
    return Panel(units, 0, MONTHS - 1, starts), rows


def _cases(random: Random, mean: float, scatter: float) -> int:
    """A number around ``mean`` whose variance is ``scatter`` times as large."""
    if scatter > 1:
        mean = random.gammavariate(mean / (scatter - 1), scatter - 1)
    left, count, product = math.exp(-mean), 0, random.random()
    while product >= left:
        count, product = count + 1, product * random.random()
    return count


@dataclass(frozen=True)
class Told:
    """Over many cities: how often the interval held the truth, and how often each verdict was given."""

    cities: int
    covered: float
    better: float
    worse: float
    no_larger: float


def judged(seed: int, cities: int, world: World, margin: float = 0.2, narrowed: float = 1.0) -> Told:
    """Estimate and rule on so many cities; ``narrowed`` plants a fault: intervals of that share of their width."""
    random, covered, kinds = Random(seed), 0, []
    for _number in range(cities):
        found = ratio_of(*city(random, world))
        assert isinstance(found, Estimate)
        value = found.whole.value
        low, high = (value + narrowed * (bound - value) for bound in (found.whole.low, found.whole.high))
        covered += low <= world.ratio <= high
        kinds.append(rule(found, margin=margin, is_ratio=True).kind)
    share = {kind: kinds.count(kind) / cities for kind in Kind}
    return Told(cities, covered / cities, share[Kind.BETTER], share[Kind.WORSE], share[Kind.NO_LARGER])

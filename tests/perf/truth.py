"""Does the estimator of effects tell the truth? Simulated cities with a known effect; ``python -m tests.perf.truth``.

Prints how often the interval of 95 % held the truth and how often each verdict was given; fails when 200 cities with a
known effect are covered less than 93 or more than 97 times of 100, or "better" is said of nothing more than 5 times.
A planted fault (an interval of half the width) must be found.
"""

import argparse
import sys
import time

from lingkar.loop.effect.tests.cities import World, judged

WORLDS = {
    "helps (0.40)": World(0.40),
    "helps (0.60)": World(0.60),
    "no effect": World(1.00),
    "helps, scatters 1.4": World(0.40, 1.4),
    "no effect, scatters 1.4": World(1.00, 1.4),
}


def main() -> int:
    """Simulate, print, judge."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    reader.add_argument("--cities", type=int, default=200)
    reader.add_argument("--seed", type=int, default=2026)
    asked, began, faults = reader.parse_args(), time.process_time(), 0
    low, high = _allowed(asked.cities)
    print(
        f"{asked.cities} cities each, 5–10 units, 24 months, seed {asked.seed}; coverage allowed {low:.3f}–{high:.3f}"
    )
    print(f"{'':26}{'covered':>9}{'better':>9}{'worse':>9}{'no larger':>11}")
    for number, (name, world) in enumerate(WORLDS.items()):
        told = judged(asked.seed + number, asked.cities, world)
        is_fault = not low <= told.covered <= high or (world.ratio == 1 and told.better > 0.05)
        faults += is_fault
        print(
            f"{name:26}{told.covered:>9.3f}{told.better:>9.3f}{told.worse:>9.3f}{told.no_larger:>11.3f}"
            f"{'  FAULT' if is_fault else ''}"
        )
    planted = judged(asked.seed, asked.cities, World(0.40), narrowed=0.5)
    print(f"{'planted: half as wide':26}{planted.covered:>9.3f}  {'found' if planted.covered < low else 'NOT FOUND'}")
    print(f"{time.process_time() - began:.1f} s of CPU")
    return int(faults > 0 or planted.covered >= low)


def _allowed(cities: int) -> tuple[float, float]:
    """93–97 of 100 at 200 cities and more; for fewer, three standard errors of 95 of 100."""
    if cities >= 200:
        return 0.93, 0.97
    error = 3 * (0.95 * 0.05 / cities) ** 0.5
    return 0.95 - error, min(1.0, 0.95 + error)


if __name__ == "__main__":
    sys.exit(main())

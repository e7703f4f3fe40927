"""Kills the parts of a working installation at random and counts what was lost: ``make faults``.

Three storms. The first kills web workers, their parent, the job worker, the database and single connections of the
shipped application at random moments. The second lets the web worker die on its own between commit and answer. The
third plants "answer before commit" into the application: there the checker must report losses, or it is blind.
"""

import argparse
import json
import random
import signal
import sys
from collections.abc import Sequence
from typing import Any

from tests.perf import machine
from tests.perf.planted import COMMIT_LATE
from tests.perf.storm import Plan, Result, blow

LOSSES = {"report lost", "answer lost"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the storms, print what was found; exit code 1 for a loss, a double, or a blind checker."""
    wish = _wish(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leave nothing running behind
    sys.stdout.reconfigure(line_buffering=True)
    print(f"commit {machine.commit()}, {machine.described()['machine']}; seed {wish.seed}")
    good = _told("at random", blow(Plan(kills=wish.kills, seed=wish.seed)))
    if not wish.short:
        mute = Plan(kills=wish.kills // 6, seed=wish.seed + 1, application="mute")
        good &= _told("between commit and answer", blow(mute))
    good &= _sees_planted(wish)
    print("0 lost, 0 doubled; the checker sees a planted loss" if good else "FAULTS FOUND")
    return int(not good)


def _wish(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.perf.faults", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=60, help="kills of the first storm")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--short", action="store_true", help="leave out the storm between commit and answer")
    return parser.parse_args(arguments)


def _sees_planted(wish: argparse.Namespace) -> bool:
    """Whether the checker reports losses where each answer comes ``COMMIT_LATE`` seconds before its commit."""
    plan = Plan(kills=6, seed=wish.seed + 2, targets=("web worker",), application="early", pause=COMMIT_LATE)
    result = blow(plan)
    lost = sum(fault.kind in LOSSES for fault in result.verdict.faults)
    print(f"\nanswer before commit (planted): {lost} losses reported of {result.ledger.count()} acknowledged acts")
    return lost > 0


def _told(name: str, result: Result) -> bool:
    """Print a storm; whether nothing was wrong."""
    verdict, plan = result.verdict, result.plan
    print(f"\nstorm {name}: {sum(result.killed.values())} kills in {result.seconds:.0f} s: {_listed(result.killed)}")
    if result.outages:
        waits = sorted(result.outages)
        print(f"served again after: median {waits[len(waits) // 2]:.1f} s, longest {waits[-1]:.1f} s")
    for name_, count in sorted(verdict.counts.items()):
        print(f"  {name_:<50}{count:>7}")
    for trouble in result.ledger.troubles[:20]:
        print(f"  TROUBLE {trouble}")
    for fault in verdict.faults[:40]:
        print(f"  FAULT {fault.kind}: {fault.what}")
    print(f"  faults: {json.dumps(verdict.by_kind)}; troubles: {len(result.ledger.troubles)} (seed {plan.seed})")
    return not verdict.faults and not result.ledger.troubles


def _listed(counts: Any) -> str:
    return ", ".join(f"{count} × {name}" for name, count in counts.most_common())


if __name__ == "__main__":
    sys.exit(main())

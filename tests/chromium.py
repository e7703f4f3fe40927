"""The Chromium that drives the browser journeys: an installed one, else Debian's, else Playwright's own.

The shell without windows (``chromium-headless-shell``) is taken before a whole browser: a new page costs it a third of
the CPU. Where root tests on Debian it is installed beside a browser that is there.

``python -m tests.chromium`` prints its path, and installs one where it can. Without any, it fails: a journey that was
not walked must not count as proven.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/snap/bin/chromium",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
"""What every test starts it with: it talks to the page under test and to nobody else."""


@cache
def path() -> str:
    """Path of the browser to drive; raises ``RuntimeError`` when the machine has none."""
    for candidate in _candidates():
        if candidate and os.access(candidate, os.X_OK):
            return str(candidate)
    raise RuntimeError("no Chromium was found: install one, or name it in LINGKAR_CHROMIUM")


def _candidates() -> Iterator[str | None]:
    yield os.environ.get("LINGKAR_CHROMIUM")
    yield from map(shutil.which, NAMES)
    yield from PLACES
    yield _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _may_install() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def _apt(*command: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return (
        subprocess.run(["apt-get", "-qq", "-y", *command], check=False, env=environment, stdout=sys.stderr).returncode
        == 0
    )


def _install_shell() -> None:
    """Where we may; nothing is lost where it cannot be had."""
    packages = ("install", "--no-install-recommends", SHELL)
    if _may_install() and not shutil.which(SHELL) and not _apt(*packages) and _apt("update"):
        _apt(*packages)


def _install() -> None:
    """Debian's package where we may, else Playwright's download."""
    if _may_install():
        _apt("update")
        _apt("install", "--no-install-recommends", "chromium")
    if not any(map(shutil.which, NAMES)):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdout=sys.stderr)


def main() -> None:
    if not os.environ.get("LINGKAR_CHROMIUM"):
        _install_shell()
    try:
        found = path()
    except RuntimeError:
        print("no Chromium yet; installing one …", file=sys.stderr)
        _install()
        found = path()
    print(Path(found))


if __name__ == "__main__":
    main()

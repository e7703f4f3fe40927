"""Every test runs on a real PostgreSQL of its own, started here once, never on the demo's.

The first process starts it; workers of ``pytest -n`` inherit its address and make databases of their own.
"""

import atexit
import ctypes
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

PR_SET_PDEATHSIG = 1
SELDOM = 50_000, 20, 20
"""How many things are made before Python looks for garbage. What is imported and collected stays until the end."""
gc.set_threshold(*SELDOM)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests first, the others in the order that chance gave them: at the end both workers have small ones left.

    A group of tests, for which something is made once, must stay with one worker: pytest 9.2 let pytest-xdist 3.8 part
    them without a word, and each worker loaded the demo.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    grouped = (item for item in items if item.get_closest_marker("xdist_group"))
    if config.getoption("loadgroup", False) and not all("@" in item.nodeid for item in grouped):
        raise pytest.UsageError("groups of tests are not kept together: pytest and pytest-xdist do not fit each other")


def pytest_collection_finish() -> None:
    """Python need not walk what is there by now again and again."""
    gc.collect()
    gc.freeze()


def end_with_parent() -> None:
    """Have Linux stop the server when the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


if "LINGKAR_TEST_HOME" not in os.environ:
    home = Path(tempfile.mkdtemp(prefix="lingkar-test-"))
    os.environ |= {"LINGKAR_TEST_HOME": str(home), "LINGKAR_HOME": str(home), "LINGKAR_SECRET_KEY": "only-for-tests"}

    import lingkar
    from lingkar.site.messages import compile_all
    from lingkar.site.postgres import TEST_SETTINGS, EmbeddedPostgres

    (home / "static").mkdir()  # whitenoise warns without it
    compile_all(Path(lingkar.__path__[0]))
    server = EmbeddedPostgres(home, **TEST_SETTINGS)
    server.prepare()
    child = server.start(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=end_with_parent)
    os.environ["DATABASE_URL"] = server.url("postgres")

    @atexit.register
    def stop() -> None:
        server.stop(child)
        shutil.rmtree(home, ignore_errors=True)

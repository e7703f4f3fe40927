"""Every test runs on a real PostgreSQL of its own, started here, never on the demo's."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

if "LINGKAR_TEST_HOME" not in os.environ:
    home = Path(tempfile.mkdtemp(prefix="lingkar-test-"))
    os.environ |= {"LINGKAR_TEST_HOME": str(home), "LINGKAR_HOME": str(home), "LINGKAR_SECRET_KEY": "only-for-tests"}

    from lingkar.site.postgres import TEST_SETTINGS, EmbeddedPostgres

    server = EmbeddedPostgres(home, **TEST_SETTINGS)
    server.prepare()
    child = server.start(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ["DATABASE_URL"] = server.url("postgres")

    @atexit.register
    def stop() -> None:
        child.send_signal(signal.SIGINT)
        child.wait()
        shutil.rmtree(home, ignore_errors=True)

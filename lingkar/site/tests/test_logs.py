"""What a log says of a page that was refused."""

import io
import logging

from lingkar.foundation.privacy.logs import Wordless


def test_a_refused_page_is_one_line_of_the_log(as_role):
    officer = as_role("officer")
    console = next(it for it in logging.getLogger().handlers if isinstance(it.formatter, Wordless))
    assert isinstance(console, logging.StreamHandler)
    said = io.StringIO()
    before = console.setStream(said)
    try:
        assert officer.get("/operator/").status_code == 403
    finally:
        console.setStream(before)
    assert said.getvalue().count("\n") == 1
    assert "Forbidden" in said.getvalue()

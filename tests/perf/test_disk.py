"""Where the full disk cannot be tried, that is neither good nor a fault."""

import os

from tests.perf import disk


def test_what_was_not_tried_says_so_with_a_code_of_its_own(monkeypatch, capfd):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert disk.main([]) == disk.NOT_TRIED == 77
    assert "WAS NOT TRIED" in capfd.readouterr().err

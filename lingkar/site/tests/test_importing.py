"""The import of the command line: a file that is not there is told in words of a terminal, and ends with 2."""

import json
from typing import Any

import pytest
from django.utils import timezone

from lingkar.site.importing import run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "words"), [("tidak-ada.csv", "Tidak ada berkas"), ("", "adalah folder")])
def test_what_cannot_be_opened_is_told_for_a_terminal(kota, tmp_path, capsys, name, words):
    given: dict[str, Any] = {"kind": "people", "file": tmp_path / name, "code": kota.agency.code, "commits": False}
    more: dict[str, Any] = {"skip_changes": False, "result": None, "at": timezone.now()}
    assert run(**given, **more, as_json=False) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert str(tmp_path) in said.err
    assert run(**given, **more, as_json=True) == 2
    assert words in json.loads(capsys.readouterr().out)["reason"]

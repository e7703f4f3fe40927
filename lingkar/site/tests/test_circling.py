"""``lingkar circle``: the same numbers as the pages."""

import json

import click
import pytest

from lingkar.loop.scoreboard.queries import Station
from lingkar.site import circling
from tests.circles import busy as busy
from tests.circles import computed
from tests.fixtures import signed_in
from tests.pages import Browser
from tests.serving import place as place

pytestmark = pytest.mark.django_db


def test_numbers_of_the_command_line_equal_those_of_the_page(busy, capsys):
    computed(busy)
    circling.run(service="ktp-el", code=busy.city.agency.code, as_json=True, anew=False, at=busy.at)
    told = json.loads(capsys.readouterr().out)
    page = signed_in(busy.city.holder("training", None)).page("/lingkar/ktp-el/")
    assert told["stations"] == {station: station in {"heard", "why", "need"} for station in Station}
    assert len(told["statements"]) == 11
    for row in told["statements"]:
        assert (row["value"] or row["why_not"]) in page.text
        assert row["note"] in page.text
        assert row["n"] is None or f"n = {row['n']}" in page.text
    public = Browser().page("/layanan/ktp-el/lingkar/")
    (ikm,) = (row for row in told["statements"] if row["key"] == "heard.ikm")
    assert ikm["value"] in public.text


def test_it_prints_the_chain_for_a_person_and_computes_it_where_nobody_has(busy, capsys):
    circling.run(service="ktp-el", code=None, as_json=False, anew=False, at=busy.at)
    said = capsys.readouterr().out
    assert "3 dari 6 tahap dilalui" in said
    assert "Laporan yang menyebut layanan ini: 12" in said


def test_a_service_that_is_not_there_is_said_in_a_sentence(busy):
    with pytest.raises(click.UsageError, match="offers no service sim"):
        circling.run(service="sim", code=None, as_json=False, anew=True, at=busy.at)

"""What a cell means, and which cells are refused rather than guessed."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.names import person_name

DAY = date(1998, 8, 12)


@pytest.mark.parametrize(
    "cell",
    [
        DAY, datetime(1998, 8, 12, 7, tzinfo=UTC), 36019, 36019.0, "12-08-1998", "12/08/1998", "12.8.1998",
        "1998-08-12",
        "12 8 1998", "1998-08-12 00:00:00", "12 Agustus 1998", "12 AGUSTUS 1998", "12-Agt-1998", "12 Aug. 1998",
        " 12\u00a0Agustus 1998",
    ],
)  # fmt: skip
def test_a_day_in_many_hands(cell):
    assert cells.day(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("12-08-98", "sheets.short_year"), ("31-02-1998", "sheets.no_date"), ("08/31/1998", "sheets.no_date"),
        ("kemarin", "sheets.no_date"), (True, "sheets.no_date"), (12081998.0, "sheets.no_date"),
        ("12 Foo 1998", "sheets.no_date"),
    ],
)  # fmt: skip
def test_a_day_is_not_guessed(cell, code):
    with pytest.raises(Refused) as caught:
        cells.day(cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Tanjungpinang, 12 Agustus 1998", ("Tanjungpinang", DAY)),
        ("Tanjungpinang / 12-08-1998", ("Tanjungpinang", DAY)),
        ("Kota Baru,12/08/1998", ("Kota Baru", DAY)),
        ("Tanjung Pinang 12 Agustus 1998", ("Tanjung Pinang", DAY)),
        ("Tanjung-Pinang, 12-08-1998", ("Tanjung-Pinang", DAY)),
        ("12-08-1998", (None, DAY)),
        (DAY, (None, DAY)),
        (None, (None, None)),
        ("  ", (None, None)),
    ],
)
def test_where_and_when(cell, found):
    assert cells.place_and_day(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("19900815 201601 1 005", "199008152016011005"),
        ("19900815\u00a0201601\u00a01\u00a0005", "199008152016011005"),
        ("'199008152016011005", "199008152016011005"),
        ("19900815.201601.1.005", "199008152016011005"),
        (81234.0, "81234"),
        ("", None),
        (None, None),
        ("N/A", "N/A"),
    ],
)
def test_long_numbers_keep_their_digits(cell, found):
    assert cells.digits(cell) == found


@pytest.mark.parametrize("cell", [199008152016011005.0, "1,99008E+17", "1.99E17", "199008152016011000"])
def test_digits_that_were_lost_are_not_guessed(cell):
    with pytest.raises(Refused) as caught:
        cells.digits(cell)
    assert caught.value.code == "sheets.digits_lost"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("SITI NUR'AINI, S.SOS., M.SI", "Siti Nur'aini, S.Sos., M.Si."),
        ("DRS. H. M. YUSUF BIN ALI, MM", "Drs. H. M. Yusuf bin Ali, M.M."),
        ("dr. Rina Dewi, Sp.OG", "dr. Rina Dewi, Sp.OG"),
        ("  Budi \u00a0 Santoso ", "Budi Santoso"),
        ("ANI-LESTARI", "Ani-Lestari"),
        (None, None),
    ],
)
def test_names_are_calmed(cell, found):
    assert person_name(cell) == found


def test_choices_and_numbers():
    assert cells.one_of({"Laki-laki": "m", "L": "m"})("LAKI LAKI") == "m"
    with pytest.raises(Refused):
        cells.one_of({"L": "m"})("X")
    assert cells.whole()("1.250") == 1250
    for part in (1.5, "1.5", "12.5"):
        with pytest.raises(Refused):
            cells.whole()(part)
    with pytest.raises(Refused):
        cells.whole(1, 5)("6")


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.dates(), st.datetimes()))
def test_no_cell_brings_a_reader_down(cell):
    for read in (
        cells.text,
        cells.digits,
        cells.day,
        cells.place_and_day,
        person_name,
        cells.whole(),
        cells.one_of({"a": 1}),
    ):
        with suppress(Refused):
            read(cell)

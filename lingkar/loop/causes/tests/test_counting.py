"""What people of a village reported stands on the page of their community, small numbers left out."""

import secrets
from datetime import timedelta

from lingkar.grow.fieldwork import queries
from lingkar.listen.reports import services as reports
from tests.fixtures import NOW


def test_what_people_reported_is_counted_and_small_numbers_are_not(kota):
    for code, n in (("jalan", 7), ("sampah", 6), ("lampu", 2)):
        reports.add_category(
            code=code, name=code.title(), request_class="complaint", unit=kota.units["pupr"].pk, terms=[code],
            by=kota.system, at=NOW,
        )  # fmt: skip
        for _each in range(n):
            _reported(kota, code)
    village = kota.places["village"].pk
    told = {it.label: it.value for it in queries.counted(kota.system, village, at=NOW + timedelta(hours=1))}
    assert told == {"Laporan dari sini": "15", "Jalan": "7"}, "6 and 2 hide together: 15 − 7 − 6 would tell the 2"


def _reported(kota, code):
    token = secrets.token_urlsafe(16)
    reports.save_words(token=token, text=f"Ada masalah {code} di depan pasar", photos=[], by=kota.visitor, at=NOW)
    reports.save_where(
        token=token, place=kota.places["village"].pk, location="depan pasar", latitude=None, longitude=None
    )
    reports.send_report(token=token, name="", email="", by=kota.visitor, at=NOW)

"""A city with published, unpublished and sealed reports."""

from collections.abc import Callable
from itertools import count

import pytest

from lingkar.directory.people.models import Role
from lingkar.listen.reports import services
from tests.fixtures import NOW, City

Tell = Callable[..., int]
"""Its number."""


@pytest.fixture
def tell(kota: City) -> Tell:
    """``tell("words")`` sends a report and publishes it, unless told otherwise."""
    tokens = count(1)
    unit = kota.units["dukcapil"].pk
    for code, name in (("lainnya", "Lainnya"), ("kependudukan", "Kependudukan")):
        services.add_category(
            code=code,
            name=name,
            request_class="complaint",
            unit=unit,
            terms=[],
            sensitive=False,
            by=kota.system,
            at=NOW,
        )

    def send(text: str, *, published: bool = True, sealed: bool = False) -> int:
        token, by = f"{next(tokens):064x}", kota.actor(Role.OFFICER, "dukcapil")
        services.save_words(token=token, text=text, photos=[], by=kota.visitor, at=NOW)
        village = kota.places["village"].pk
        services.save_where(token=token, place=village, location="", latitude=None, longitude=None)
        receipt = services.send_report(token=token, by=kota.visitor, at=NOW)
        if published:
            services.publish_report(report=receipt.report, seen=0, by=by, at=NOW)
        if sealed:
            services.seal_report(report=receipt.report, seen=int(published), by=by, at=NOW)
        return receipt.number

    return send

"""The city of the needs with reports about its services, and a way to look at its circles."""

from datetime import timedelta
from functools import partial

import pytest

from lingkar.directory.services.models import Service
from lingkar.listen.reports.models import Report
from lingkar.loop.scoreboard import queries, services
from tests.serving import Place


def report(place: Place, code: str, n: int, **facts: object) -> None:
    """``n`` of the city's published reports of the last weeks name a service."""
    service = Service.objects.get(code=code)
    free = Report.objects.filter(service=None, is_sealed=False).order_by("number").values_list("pk", flat=True)[:n]
    told = {"is_anonymous": False, "is_secret": False, "state": "rated", "closed_at": place.at} | facts
    day = place.at - timedelta(days=20)
    rows = Report.objects.filter(pk__in=list(free))
    rows.update(service=service, received_at=day, published_at=day, first_answered_at=day, **told)


def computed(place: Place, code: str = "ktp-el", *, role: str = "training") -> queries.Chain:
    """The circle of a service as it is now, for somebody over the whole agency."""
    services.compute(by=place.city.system, at=place.at)
    return queries.chain_of(place.city.actor(role, None), code, day=place.today)


@pytest.fixture
def busy(place: Place) -> Place:
    """``ktp-el``: loud, rated, with causes, a crew that lacks something; ``akta``: nobody said anything."""
    place.complain("ktp-el", 30)
    place.use("ktp-el", 1000)
    place.employ("ktp-el", 6, level=1)
    place.rate("ktp-el", "333332333", 20)
    partial(report, place, "ktp-el")(12)
    place.compute()
    return place

"""A city with one service at two counters, and ways to answer."""

from dataclasses import dataclass
from datetime import date

import pytest

from lingkar.directory.services import services as catalogue
from lingkar.directory.services.models import Service
from lingkar.foundation.access import Actor
from lingkar.listen.surveys import services
from lingkar.listen.surveys.services import PastResponse
from tests.fixtures import LONG_AGO, NOW, City
from tests.standards import WHOLE


@dataclass
class Survey:
    """The service ``ktp-el`` of the section ``pelayanan`` in a city."""

    city: City
    service: Service

    @property
    def by(self) -> Actor:
        return self.city.visitor

    @property
    def officer(self) -> Actor:
        return self.city.actor("officer", "dukcapil")

    def unit(self, code="pelayanan"):
        return self.city.units[code].pk

    def token(self, unit="pelayanan", **more):
        return services.invite(service=self.service.pk, unit=self.unit(unit), **more)

    def answer(self, digits="333333333", *, token="", **more):
        scores = [int(digit) for digit in digits]
        return services.respond(token=token or self.token(), answers=scores, by=self.by, at=NOW, **more)

    def past(self, rows, *, unit="pelayanan", day=date(2026, 5, 20)):
        """``rows`` as digits, in the order U1 to U9."""
        taken = [PastResponse(self.service.pk, self.unit(unit), day, _as_asked([int(d) for d in row])) for row in rows]
        return services.take_over(rows=taken, by=self.city.system, at=NOW)


def _as_asked(scores):
    """U8 and U9 stand the other way round in the questionnaire."""
    return [*scores[:7], scores[8], scores[7]]


@pytest.fixture
def survey(kota):
    return Survey(kota, offered(kota))


def offered(city, code="ktp-el", unit="pelayanan"):
    row = catalogue.add_service(code=code, unit=city.units[unit].pk, standard=WHOLE, by=city.system, at=NOW)
    catalogue.publish_service(service=row.pk, valid_from=LONG_AGO, reviewed_on=LONG_AGO, by=city.system, at=NOW)
    return row

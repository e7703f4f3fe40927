"""A service at four units, two of them trained, with two years of causes."""

from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from lingkar.directory.orgs.models import UnitKind
from lingkar.directory.orgs.services import add_unit
from lingkar.directory.services import services as catalogue
from lingkar.directory.services.models import Service
from lingkar.foundation.access import Actor
from lingkar.listen.reports.models import Report
from lingkar.listen.surveys.services import PastResponse
from lingkar.listen.surveys.services import take_over as take_over_answers
from lingkar.loop.causes.models import Cause
from lingkar.loop.effect import services
from lingkar.loop.effect.models import Study
from tests.fixtures import LONG_AGO, NOW, City
from tests.samples import report as sent
from tests.standards import WHOLE
from tests.where import Where

MONTHS = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)] + [
    date(2026, month, 1) for month in range(1, 6)
]
TRAINED = {"pelayanan": date(2025, 6, 10), "pupr": date(2025, 9, 10)}
UNITS = ("pelayanan", "pupr", "loket-a", "loket-b")
BEFORE = datetime(2025, 1, 5, tzinfo=UTC)


@dataclass
class World:
    """A city, one service, four units of it."""

    city: City
    service: Service

    def unit(self, code: str) -> UUID:
        return self.city.units[code].pk

    def register(self, **changes: object) -> Study:
        told = {
            "service": self.service.pk,
            "outcome": "cases",
            "units": {self.unit(code): TRAINED.get(code) for code in UNITS},
            "margin": Decimal("0.2"),
            "by": self.city.actor("training", None),
            "at": BEFORE,
        }
        return services.register_study(**(told | changes))  # type: ignore[arg-type]

    def causes(self, *, left: float, others_left: float = 1.0) -> None:
        """Five trainable and three other cases a month at each unit; ``left`` of them after its training."""
        made: list[Cause] = []
        first = Report.objects.get(pk=sent(Where(self.city, "dukcapil")).pk)
        for code in UNITS:
            for month in MONTHS:
                trained = code in TRAINED and month > TRAINED[code]
                made += self._cases(code, month, "knowledge", round(5 * (left if trained else 1)))
                made += self._cases(code, month, "tool", round(3 * (others_left if trained else 1)))
        Report.objects.bulk_create(_like(first, number, made[number]) for number in range(len(made)))
        Cause.objects.bulk_create(made)

    def _cases(self, code: str, month: date, kind: str, count: int) -> list[Cause]:
        facts = {"agency": self.city.agency, "service": self.service, "unit": self.city.units[code], "at": NOW}
        competency = "public_service" if kind == "knowledge" else ""
        days = (month.replace(day=number + 2) for number in range(count))
        return [Cause(report_id=uuid4(), kind=kind, competency=competency, happened_on=day, **facts) for day in days]

    def answers(self, *, more: float) -> None:
        """Twenty answers a month at each unit; U6 lies ``more`` points higher after its training."""
        rows = []
        for code in UNITS:
            for month in MONTHS:
                high = 10 + round(20 * more) * (code in TRAINED and month > TRAINED[code])
                rows += [
                    PastResponse(
                        self.service.pk, self.unit(code), month, [3, 3, 3, 3, 3, 4 if n < min(high, 20) else 3, 3, 3, 3]
                    )
                    for n in range(20)
                ]
        take_over_answers(rows=rows, by=self.city.system, at=NOW)


def _like(first: Report, number: int, cause: Cause) -> Report:
    """Another report like the first one."""
    more = copy(first)
    more.pk, more.number = cause.report_id, 100_000 + number
    more.code_digest = more.receipt_key = f"{number:064}"
    more._state = copy(first._state)
    more._state.adding = True
    return more


@pytest.fixture
def world(kota: City) -> World:
    by: Actor = kota.system
    for code in ("loket-a", "loket-b"):
        kota.units[code] = add_unit(
            agency=kota.agency.pk, kind=UnitKind.SECTION, code=code, name=code, parent=kota.units["dukcapil"].pk,
            valid_from=LONG_AGO, by=by, at=NOW,
        )  # fmt: skip
    row = catalogue.add_service(code="ktp-el", unit=kota.units["dukcapil"].pk, standard=WHOLE, by=by, at=NOW)
    catalogue.publish_service(service=row.pk, valid_from=LONG_AGO, reviewed_on=LONG_AGO, by=by, at=NOW)
    counts = dict.fromkeys(MONTHS, 1000)
    catalogue.count_transactions(service=row.pk, counts=counts, by=by, at=NOW)
    return World(kota, row)

"""A city with two services: one whose users complain and whose people lack something, one that goes well."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from lingkar.directory.orgs.services import add_position
from lingkar.directory.people.services import PersonFacts, add_person
from lingkar.directory.services import services as catalogue
from lingkar.grow.competence import services as competence
from lingkar.listen.reports import services as reports
from lingkar.listen.reports.models import Report
from lingkar.listen.surveys import services as surveys
from lingkar.listen.surveys.services import PastResponse
from lingkar.loop.causes import services as causes
from lingkar.loop.causes.models import Cause
from lingkar.loop.causes.services import PastCause
from lingkar.loop.needs import services
from lingkar.loop.needs.models import Need
from tests.fixtures import LONG_AGO, City
from tests.many import add_reports
from tests.standards import WHOLE

CREW = 6


@dataclass
class Place:
    """What is told of the two services."""

    city: City
    at: datetime
    services: dict[str, UUID]
    posts: dict[str, UUID]

    @property
    def today(self) -> date:
        return self.at.date()

    def compute(self) -> UUID:
        return services.compute(by=self.city.system, at=self.at)

    def top(self) -> UUID:
        """The largest need of the newest computation."""
        return Need.objects.order_by("-computation__at", "rank").values_list("pk", flat=True)[0]

    def complain(self, service: str, n: int, *, unit: str = "pelayanan", competency: str = "public_service") -> None:
        """``n`` closed cases of the last weeks with a cause that learning can cure."""
        taken = Cause.objects.values("report")
        free = Report.objects.exclude(pk__in=taken).order_by("number").values_list("pk", flat=True)[:n]
        rows = [
            PastCause(
                report=pk, unit=self.city.units[unit].pk, kind="knowledge", competency=competency,
                service=self.services[service], happened_on=self.today - timedelta(days=10), at=self.at,
            )
            for pk in free
        ]  # fmt: skip
        assert causes.take_over(rows=rows, by=self.city.system, at=self.at) == n

    def use(self, service: str, n: int) -> None:
        month = self.today.replace(day=1)
        catalogue.count_transactions(service=self.services[service], counts={month: n}, by=self.city.system, at=self.at)

    def rate(self, service: str, digits: str, n: int, *, unit: str = "pelayanan") -> None:
        """``n`` answers in the order of the questions; every second one a step better, so that they differ."""
        low = [int(digit) for digit in digits]
        high = [min(4, score + 1) for score in low]
        rows = [
            PastResponse(self.services[service], self.city.units[unit].pk, self.today, high if i % 2 else low)
            for i in range(n)
        ]
        surveys.take_over(rows=rows, by=self.city.system, at=self.at)

    def employ(self, service: str, n: int, *, level: int | None) -> None:
        """``n`` people who serve, found by their line manager at ``level`` of public service (None: not assessed)."""
        for number in range(n):
            person = add_person(
                facts=PersonFacts(kind="external", name=f"{service} {number}"), unit=self.city.units["pelayanan"].pk,
                position=self.posts[service], title="Petugas", since=LONG_AGO, by=self.city.system, at=self.at,
            )  # fmt: skip
            if level is not None:
                competence.assess_many(
                    rows=[competence.PastAssessment(person.pk, "manager", {"public_service": level}, self.today)],
                    by=self.city.system, at=self.at,
                )  # fmt: skip


@pytest.fixture
def place(kota, at) -> Place:
    competence.load_dictionary(by=kota.system, at=at)
    by = kota.system
    reports.add_category(
        code="lainnya", name="Lainnya", request_class="complaint", unit=kota.units["setda"].pk, terms=[],
        sensitive=False, by=by, at=at,
    )  # fmt: skip
    add_reports(agency=kota.agency.pk, count=120, at=at)
    made, posts = {}, {}
    for code in ("ktp-el", "akta"):
        service = catalogue.add_service(code=code, unit=kota.units["pelayanan"].pk, standard=WHOLE, by=by, at=at)
        catalogue.publish_service(service=service.pk, valid_from=LONG_AGO, reviewed_on=LONG_AGO, by=by, at=at)
        post = add_position(
            unit=kota.units["pelayanan"].pk, code=f"petugas-{code}", title="Petugas", kind="functional",
            level="ahli_muda", seats=99, valid_from=LONG_AGO, by=by, at=at,
        )  # fmt: skip
        catalogue.add_staff(service=service.pk, position=post.pk, by=by, at=at)
        made[code], posts[code] = service.pk, post.pk
    return Place(kota, at, made, posts)

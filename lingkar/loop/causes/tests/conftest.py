"""A city with reports that were answered."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from lingkar.directory.services.models import Service
from lingkar.listen.reports import services as reports
from lingkar.listen.reports.models import Report
from lingkar.loop.causes import services
from tests.fixtures import City
from tests.samples import photo, service
from tests.where import Where

SUBJECTS: tuple[tuple[str, str, str, list[str]], ...] = (
    ("kependudukan", "complaint", "dukcapil", ["ktp"]),
    ("pungli", "supervised", "inspektorat", ["pungli", "minta uang"]),
    ("lainnya", "complaint", "setda", []),
)


@dataclass
class Desk:
    """An office to which reports come, and which closes them."""

    city: City
    at: datetime
    keys: dict[UUID, str] = field(default_factory=dict)

    def send(self, text: str = "Antrean KTP lama sekali", **choices: Any) -> Report:
        token, by = secrets.token_urlsafe(16), self.city.visitor
        village = self.city.places["village"].pk
        reports.save_words(token=token, text=text, photos=[], by=by, at=self.at)
        reports.save_where(token=token, place=village, location="depan loket", latitude=None, longitude=None)
        receipt = reports.send_report(token=token, by=by, at=self.at, **choices)
        self.keys[receipt.report] = receipt.code
        return Report.objects.get(pk=receipt.report)

    @property
    def service(self) -> Service:
        """A service of ``dukcapil``."""
        return Service.objects.get(code=service(Where(self.city, "dukcapil")))

    def closed(self, text: str = "Petugas loket tidak tahu syarat KTP", **choices: Any) -> Report:
        """A report about KTP that was answered with proof."""
        row = self.send(text, **choices)
        self.close(row, self.city.actor("officer", "dukcapil"))
        return Report.objects.get(pk=row.pk)

    def close(self, row: Report, by: Any) -> None:
        reports.accept_report(report=row.pk, seen=self.seen(row.pk), by=by, at=self.at)
        reports.close_report(report=row.pk, seen=self.seen(row.pk), text="Sudah", proofs=[photo()], by=by, at=self.at)

    def seen(self, report: UUID) -> int:
        return Report.objects.get(pk=report).revision

    def code(self, report: Report, kind: str = "knowledge", competency: str = "public_service", **more: Any) -> None:
        by = more.pop("by", None) or self.city.actor("officer", "dukcapil")
        services.code_cause(report=report.pk, kind=kind, competency=competency, by=by, at=self.at, **more)


@pytest.fixture
def desk(kota, at):
    for code, kind, unit, terms in SUBJECTS:
        reports.add_category(
            code=code, name=code.title(), request_class=kind, unit=kota.units[unit].pk, terms=terms,
            sensitive=kind == "supervised", by=kota.system, at=at,
        )  # fmt: skip
    return Desk(kota, at)

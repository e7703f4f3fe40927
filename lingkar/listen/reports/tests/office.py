"""A city with subjects of reports, and reports that come in as citizens send them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from lingkar.listen.reports import keys, services
from lingkar.listen.reports.models import Report
from tests.fixtures import City

SUBJECTS = (
    ("kependudukan", "KTP dan KK", "complaint", "dukcapil", ("ktp", "antrean")),
    ("jalan", "Jalan rusak", "complaint", "pupr", ("lubang", "aspal")),
    ("pungli", "Pungutan liar", "supervised", "inspektorat", ("pungli", "minta uang")),
    ("lainnya", "Lainnya", "complaint", "setda", ()),
)


@dataclass
class Office:
    """A city with categories, and reports that come in as a citizen sends them."""

    city: City
    at: datetime
    tokens: dict[UUID, str] = field(default_factory=dict)

    def send(self, text: str = "Antrean KTP lama sekali", *, days_ago: int = 0, **choices: Any) -> Report:
        token, at = keys.new_token(), self.at - timedelta(days=days_ago)
        by = self.city.visitor
        services.save_words(token=token, text=text, photos=choices.pop("photos", []), by=by, at=at)
        services.save_where(
            token=token, place=self.city.places["village"].pk, location="depan loket", latitude=None, longitude=None
        )
        receipt = services.send_report(token=token, by=by, at=at, **choices)
        self.tokens[receipt.report] = token
        return Report.objects.get(pk=receipt.report)

    def url(self, name: str, report: Report) -> str:
        return reverse(f"reports:{name}", args=[report.pk])


def subjects_of(city: City, at: datetime) -> None:
    for code, name, request_class, unit, terms in SUBJECTS:
        services.add_category(
            code=code,
            name=name,
            request_class=request_class,
            unit=city.units[unit].pk,
            terms=terms,
            sensitive=request_class == "supervised",
            by=city.system,
            at=at,
        )

"""The importer of transactions: how often each service was used in a month."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.services import access, queries, rules, services
from lingkar.directory.services.access import Action
from lingkar.directory.services.importer import cells as own
from lingkar.directory.services.importer.sentences import sentence
from lingkar.directory.services.models import Service
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.imports.registry import CHANGED, REFUSED, SAME, Row, Staged
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.cells import shown, simple
from lingkar.foundation.sheets.tables import Column


class ServiceTransactions:
    """Numbers by service and month. One that is there already is replaced, shown as a difference."""

    kind, needs, key = "service-transactions", Action.MANAGE, "month"
    label = _("Transactions of services")
    shown = ("service", "month", "count")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "service", _("Service"), ("Kode Layanan", "Layanan", "Nama Layanan", "Jenis Layanan", "Kode"),
            cells.text_up_to(160), required=True, example="ktp-baru",
        ),
        Column("month", _("Month"), ("Bulan", "Periode"), own.month, required=True, example="Mei 2026"),
        Column(
            "count", _("Transactions"),
            ("Jumlah", "Jumlah Transaksi", "Jumlah Pemohon", "Transaksi", "Jumlah Layanan", "Jumlah Pengguna"),
            cells.whole(0, 100_000_000), required=True, example="312",
        ),
    )  # fmt: skip

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against the services that ``by`` manages and the numbers that are there."""
        today, found = timezone.localdate(at), _by_words(by)
        months = [month for row in rows if (month := row.day("month"))]
        there = queries.transactions_between(min(months), max(months)) if months else {}
        for row in rows:
            if row.outcome != REFUSED:
                _check(row, found, there, today)

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """All of them by one call, when the numbers that are there are still those of the preview."""
        counts: dict[tuple[UUID, date], int] = {}
        try:
            for batch in staged:
                again = [Row(row.sheet, row.line, dict(row.values)) for row in batch]
                self.check(again, by=by, at=at)
                for now, then in zip(again, batch, strict=True):
                    counts |= _written(now, then)
            services.count_transactions_of_many(counts=counts, by=by, at=at)
        except (Refused, Unseen):
            raise Refused("imports.stale") from None

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


def _by_words(by: Actor) -> dict[str, Service | None]:
    """Services that ``by`` manages, by code and name; a name that two have means neither."""
    found: dict[str, Service | None] = {}
    every = list(access.visible(by))
    for item in every:
        found[simple(item.name)] = None if simple(item.name) in found else item
    return found | {simple(item.code): item for item in every}


def _check(row: Row, found: Mapping[str, Service | None], there: Mapping[tuple[UUID, date], int], today: date) -> None:
    values, month = row.values, row.day("month")
    service = found.get(simple(values.get("service_code") or values["service"]))
    if service is None or month is None:
        row.refuse(Refused("services.service_unknown", value=shown(values["service"])), "service")
        return
    values["service"], row.target = service.name, service.pk
    values["service_code"] = service.code
    row.key = f"{service.code} {month:%Y-%m}"
    try:
        rules.check_month(month, today=today)
    except Refused as refused:
        row.refuse(refused, "month")
        return
    before = there.get((service.pk, month))
    if before is None:
        return
    row.changes = {} if before == values["count"] else {"count": (before, values["count"])}
    row.outcome = CHANGED if row.changes else SAME


def _written(now: Row, then: Row) -> dict[tuple[UUID, date], int]:
    month = now.day("month")
    is_as_seen = now.outcome == then.outcome and {k: [*v] for k, v in now.changes.items()} == {
        k: [*v] for k, v in then.changes.items()
    }
    if not is_as_seen or now.target is None or month is None:
        raise Refused("imports.stale")
    return {(now.target, month): now.values["count"]}

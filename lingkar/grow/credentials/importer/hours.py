"""The importer of hours of learning (JP) that people earned elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import REFUSED, SAME, Row, Staged, checked_again
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.cells import simple
from lingkar.foundation.sheets.tables import Column
from lingkar.grow.credentials import services
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.importer import cells as own
from lingkar.grow.credentials.importer.sentences import sentence
from lingkar.grow.credentials.models import JpEntry
from lingkar.grow.credentials.parameters import table_on
from lingkar.grow.credentials.rules import hours
from lingkar.grow.credentials.rules.hours import BY_FILE, MEASURES, Measure
from lingkar.grow.credentials.services import NewHours

Before = Mapping[tuple[str, str, date, str], Decimal]


class Hours:
    """Trainings by NIP, form, title and last day. One that is recorded already stays as it is."""

    kind, needs, key = "hours", Action.CREDIT, "nip"
    label = _("Hours of learning (JP) from elsewhere")
    shown = ("name", "title", "form", "on")
    columns: ClassVar[tuple[Column, ...]] = (
        people.NUMBER,
        people.NAME,
        Column(
            "form", _("Form of learning"),
            ("Bentuk", "Bentuk Pengembangan", "Bentuk Kegiatan", "Bentuk Pelatihan", "Kode Bentuk", "Jenis Diklat",
             "Jenis Pelatihan", "Jenis Kegiatan"),
            own.form, required=True, example="Workshop",
        ),
        Column(
            "title", _("What was learned"),
            ("Nama Pelatihan", "Nama Diklat", "Nama Kegiatan", "Judul", "Pelatihan", "Kegiatan", "Nama Kursus"),
            cells.text_up_to(250), required=True, example="Pelayanan prima di loket",
        ),
        Column(
            "jp", "JP", ("Jumlah JP", "Jam Pelajaran", "Jumlah Jam Pelajaran", "Jumlah Jam", "Durasi JP"), own.amount,
            example="10",
        ),
        Column("days", _("Days"), ("Hari", "Jumlah Hari", "Lama Hari", "Lama (hari)"), own.days, example="2"),
        Column(
            "times", _("Times or semesters"), ("Kali", "Jumlah Kali", "Frekuensi", "Semester", "Jumlah Semester"),
            own.amount,
        ),
        Column(
            "on", _("Last day"),
            ("Tanggal", "Tanggal Selesai", "Tgl Selesai", "Sampai Tanggal", "Tanggal Sertifikat", "Tgl Sertifikat"),
            cells.day, required=True, example="20-08-2026",
        ),
        Column("abroad", _("At home or abroad"), ("Lingkup", "Tingkat", "Skala"), own.scope, example=own.HOME),
        Column(
            "organiser", _("Organiser"),
            ("Penyelenggara", "Lembaga", "Instansi Penyelenggara", "Lembaga Penyelenggara"), cells.text_up_to(200),
            example="BPSDM Provinsi",
        ),
        Column(
            "proof", _("Number of the certificate"),
            ("Nomor Sertifikat", "No Sertifikat", "No. Sertifikat", "Nomor STTPP", "Nomor STTPL", "Bukti"),
            cells.text_up_to(120), example="893/1203/2026",
        ),
    )  # fmt: skip

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against the people who serve, the table of forms, and what is recorded of them."""
        today = timezone.localdate(at)
        people.put_persons(rows, account=by.person)
        good = [row for row in rows if row.outcome != REFUSED]
        before, tables = _recorded(good), _Tables(by.agency)
        for row in good:
            try:
                _check(row, before, tables, today)
            except Refused as refused:
                row.refuse(refused, _column_of(refused, row))

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """All of them by one call, when everything is still as the preview showed."""
        found: list[NewHours] = []
        try:
            for batch in staged:
                found += [_told(row) for row in checked_again(self, batch, by=by, at=at)]
            services.credit(rows=found, by=by, at=at)
        except Refused:
            raise Refused("imports.stale") from None

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


class _Tables:
    """The tables of forms of the days asked for."""

    def __init__(self, agency: UUID) -> None:
        self.agency = agency
        self.found: dict[date, hours.Table] = {}

    def on(self, day: date) -> hours.Table:
        if day not in self.found:
            self.found[day] = table_on(self.agency, day)
        return self.found[day]


def _recorded(rows: Sequence[Row]) -> Before:
    """How much of what is recorded of these people, wherever it came from."""
    persons = {UUID(row.values["person"]) for row in rows}
    found = JpEntry.objects.filter(person__pk__one_of=persons) if persons else JpEntry.objects.none()
    told = found.values_list("person", "form", "on", "title", "amount")
    return {(str(person), form, on, simple(title)): amount for person, form, on, title, amount in told}


def _check(row: Row, before: Before, tables: _Tables, today: date) -> None:
    values, on = row.values, row.day("on")
    if on is None or on > today:
        raise Refused("credentials.not_over")
    amount = _amount(values)
    abroad, days = values.get("abroad") == own.ABROAD, values.get("days") or 1
    hours.check(values["form"], amount, international=abroad, days=days)
    told, measure = values.get("jp"), MEASURES[values["form"]]
    if told is not None and measure is not Measure.HOURS:
        full = hours.earned(values["form"], amount, table=tables.on(on), international=abroad).full
        if full != Decimal(told):
            details = {"jp": _plain(Decimal(told)), "amount": _plain(amount), "full": _plain(full)}
            raise Refused(f"credentials.table_differs_{measure.value}", **details)
    values["amount"] = str(amount)
    row.key = f"{values['person']} {values['form']} {on} {simple(values['title'])}"[:200]
    known = before.get((values["person"], values["form"], on, simple(values["title"])))
    if known is not None and known != amount:
        raise Refused("credentials.recorded_otherwise", before=_plain(known), now=_plain(amount))
    if known is not None:
        row.outcome = SAME


def _amount(values: Mapping[str, Any]) -> Decimal:
    """Hours, days, times or semesters, as the form is measured. ``Refused`` when the column of that is empty."""
    measure = MEASURES[values["form"]]
    if measure is Measure.HOURS:
        found = values.get("jp")
    elif measure is Measure.DAY:
        found = values.get("days")
    else:
        found = values.get("times") or 1
    if found is None:
        raise Refused(f"credentials.needs_{measure.value}")
    return Decimal(found)


def _told(row: Row) -> NewHours:
    values, on = row.values, row.day("on")
    assert on is not None  # noqa: S101  # a required column
    made = NewHours(
        person=UUID(values["person"]),
        form=values["form"],
        title=values["title"],
        amount=Decimal(values["amount"]),
        on=on,
        days=values.get("days") or 1,
        international=values.get("abroad") == own.ABROAD,
        organiser=values.get("organiser", ""),
        proof=values.get("proof", ""),
        source=BY_FILE,
    )
    return replace(made, source_id=made.mark)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


COLUMNS = {
    "credentials.not_over": "on", "credentials.needs_hours": "jp", "credentials.needs_day": "days",
    "credentials.only_national": "abroad",
}  # fmt: skip


def _column_of(refused: Refused, row: Row) -> str:
    if refused.code == "credentials.amount_unusable":
        return {Measure.HOURS: "jp", Measure.DAY: "days"}.get(MEASURES[row.values["form"]], "times")
    return COLUMNS.get(refused.code, "")

"""Credit hours of learning (JP)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.cells import simple
from lingkar.foundation.tenancy.locks import hold_alone
from lingkar.foundation.tenancy.models import Agency
from lingkar.grow.credentials import access
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.models import JpEntry
from lingkar.grow.credentials.parameters import table_on
from lingkar.grow.credentials.rules import hours
from lingkar.grow.credentials.rules.hours import TOLD, WRITTEN

BATCH = 2_000
LIMITED = ("C1", "C2", "C3", "C9", "C10")


@dataclass(frozen=True, slots=True)
class NewHours:
    """Something somebody learned. ``amount``: semesters, days, times or actual hours, as the form is measured.

    ``on`` is the last of ``days``. The same ``source`` and ``source_id`` are credited once for each person and form.
    """

    person: UUID
    form: str
    title: str
    amount: Decimal
    on: date
    days: int = 1
    international: bool = False
    source: str = TOLD
    source_id: UUID | None = None
    certificate: UUID | None = None
    organiser: str = ""
    proof: str = ""

    @property
    def mark(self) -> UUID:
        """The same for the same learning of the same person, in whatever sheet it stands."""
        return uuid5(self.person, f"{self.form} {self.on} {simple(self.title)}")


@transaction.atomic
def credit(*, rows: Iterable[NewHours], by: Actor, at: datetime) -> int:
    """Credit hours by the table of forms, within its limits for a day and a month; all or none, one audit line.

    What was credited for the same source before is left alone. Returns how many entries are new. Refused:
    ``credentials.nobody``, ``own_record``, ``form_unknown``, ``amount_unusable``, ``only_national``, ``days_unusable``.
    """
    access.demand(by, Action.CREDIT)
    wanted, today = list(rows), timezone.localdate(at)
    _check(wanted, by, today)
    hold_alone("credentials.hours", by.agency)  # limits of a day hold for two who credit at the same moment, too
    known = _known(wanted)
    book = _Book(by.agency, wanted)
    made = []
    for row in wanted:
        key = (row.person, _origin(row.source), row.source_id, row.form)
        if row.source_id is not None and key in known:
            continue
        known.add(key)
        made.append(book.entry(row, by, at))
    JpEntry.objects.bulk_create(made, batch_size=BATCH)
    if made:
        record(by, "credentials.credited", Agency(pk=by.agency), at=at, count=len(made))
    return len(made)


@transaction.atomic
def strike(*, entry: UUID, by: Actor, at: datetime) -> None:
    """Take back hours that were written down wrongly, or whose certificate was revoked.

    Refused: ``credentials.of_certificate`` while that certificate holds.
    """
    access.demand(by, Action.CREDIT)
    row = JpEntry.objects.select_for_update(of=("self",)).select_related("certificate").filter(pk=entry).first()
    if row is None:
        raise Unseen
    is_revoked = row.certificate is not None and row.certificate.revoked_at is not None
    if row.source not in WRITTEN and not is_revoked:
        raise Refused("credentials.of_certificate")
    access.check_not_own({row.person_id}, by)
    row.delete()
    record(by, "credentials.struck", Agency(pk=by.agency), at=at, entry=entry)


def _check(rows: Sequence[NewHours], by: Actor, today: date) -> None:
    wanted = {row.person for row in rows}
    persons = set(people.serving().filter(pk__one_of=wanted).values_list("pk", flat=True))
    access.check_not_own({row.person for row in rows if row.source in WRITTEN}, by)
    for row in rows:
        if row.person not in persons:
            raise Refused("credentials.nobody", person=row.person)
        hours.check(row.form, row.amount, international=row.international, days=row.days)
        if row.on > today:
            raise Refused("credentials.days_unusable")


def _known(rows: Sequence[NewHours]) -> set[tuple[UUID, str, UUID | None, str]]:
    sources = {row.source_id for row in rows if row.source_id}
    found = JpEntry.objects.filter(source_id__one_of=sources) if sources else JpEntry.objects.none()
    told = found.values_list("person", "source", "source_id", "form")
    return {(person, _origin(source), source_id, form) for person, source, source_id, form in told}


def _origin(source: str) -> str:
    """What was written down is one source: the same training by hand and in a sheet is one training."""
    return TOLD if source in WRITTEN else source


@dataclass(frozen=True, slots=True)
class _Before:
    """What was credited before: its last day, over how many days, and what counted of it."""

    on: date
    days: int
    amount: Decimal
    jp: Decimal

    def jp_within(self, first: date, last: date) -> Decimal:
        """What falls on the days from ``first`` to ``last``: each of its own days has an equal part."""
        begins = self.on - timedelta(days=self.days - 1)
        shared = (min(self.on, last) - max(begins, first)).days + 1
        return self.jp * shared / self.days if shared > 0 else Decimal(0)


class _Book:
    """What was credited before of the forms that have limits, and the tables of the days asked for."""

    def __init__(self, agency: UUID, rows: Sequence[NewHours]) -> None:
        self.agency = agency
        self.tables: dict[date, hours.Table] = {}
        self.earlier: dict[tuple[UUID, str], list[_Before]] = defaultdict(list)
        limited = [row for row in rows if row.form in LIMITED]
        if not limited:
            return
        first = min(min(row.on - timedelta(days=row.days), row.on.replace(day=1)) for row in limited)
        persons = {row.person for row in limited}
        found = JpEntry.objects.filter(person__pk__one_of=persons, form__in=LIMITED, on__gte=first)
        for person, form, on, days, amount, jp in found.values_list("person", "form", "on", "days", "amount", "jp"):
            self.earlier[person, form].append(_Before(on, days, amount, jp))

    def entry(self, row: NewHours, by: Actor, at: datetime) -> JpEntry:
        found = hours.earned(
            row.form,
            row.amount,
            table=self._table(row.on),
            international=row.international,
            days=row.days,
            earlier_jp=self._jp(row),
            earlier_times=self._times(row),
        )
        if row.form in LIMITED:
            self.earlier[row.person, row.form].append(_Before(row.on, row.days, row.amount, found.jp))
        return JpEntry(
            agency_id=by.agency,
            person_id=row.person,
            form=row.form,
            title=row.title.strip()[:250],
            amount=row.amount,
            days=row.days,
            on=row.on,
            international=row.international,
            full=found.full,
            jp=found.jp,
            organiser=" ".join(row.organiser.split())[:200],
            proof=" ".join(row.proof.split())[:120],
            source=row.source,
            noted_at=at,
            source_id=row.source_id,
            certificate_id=row.certificate,
            by=by.person,
        )

    def _table(self, on: date) -> hours.Table:
        if on not in self.tables:
            self.tables[on] = table_on(self.agency, on)
        return self.tables[on]

    def _jp(self, row: NewHours) -> Decimal:
        first = row.on - timedelta(days=row.days - 1)
        same = self.earlier[row.person, row.form]
        return sum((before.jp_within(first, row.on) for before in same), Decimal(0))

    def _times(self, row: NewHours) -> Decimal:
        month = row.on.replace(day=1)
        same = self.earlier[row.person, row.form]
        return sum((before.amount for before in same if before.on.replace(day=1) == month), Decimal(0))

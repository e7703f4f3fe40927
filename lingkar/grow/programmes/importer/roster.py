"""The importer of a roster: who each line is about, whether there is a seat, and taking them in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from lingkar.directory.orgs.queries import lines_in
from lingkar.directory.people import queries as people
from lingkar.directory.people import services as records
from lingkar.directory.people.services import Guest, NewPerson, PersonFacts
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import NEW, REFUSED, SAME, Row, Staged, importer_of
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.cells import simple
from lingkar.foundation.sheets.tables import Column
from lingkar.grow.programmes import access, rules, services
from lingkar.grow.programmes.access import Action
from lingkar.grow.programmes.importer.columns import COLUMNS, origin_in
from lingkar.grow.programmes.importer.known import Known, Somebody, is_named, key_of
from lingkar.grow.programmes.models import Cohort, Origin, Participant, Standing
from lingkar.grow.programmes.services import NewParticipant
from lingkar.grow.programmes.web.sentences import sentence

GUEST, STAFF = "guest", "staff"
"""What is recorded together with the participation, in the value ``makes`` of a line."""


class Roster:
    """Participants of one cohort: civil servants by NIP, people of other institutions by name and institution.

    Who is not on record yet is recorded along: guests always, new civil servants by those who keep records.
    """

    kind, needs, key = "roster", Action.MANAGE, "nip"
    label = pgettext_lazy("programme", "Participants of a training")
    shown = ("name", "nip", "unit", "institution")
    columns: ClassVar[tuple[Column, ...]] = COLUMNS

    def __init__(self, cohort: UUID | None = None) -> None:
        self.cohort = cohort

    def within(self, about: UUID) -> "Roster":
        """The importer for one cohort."""
        return Roster(about)

    def place(self, *, by: Actor) -> tuple[str, str]:
        """The page of its participants."""
        item = self._cohort(by)
        return reverse("programmes:roster", args=[item.code]), item.title

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Who each line is about, and whether they may take part."""
        cohort = self._cohort(by)
        for row in rows:
            _gather(row)
        known = Known.of(rows, cohort)
        new = []
        for row in rows:
            person = known.person_of(row)
            if person is None:
                new.append(row)
            else:
                _check_known(row, person, known)
        guests = [row for row in new if "nip" not in row.values and row.outcome != REFUSED]
        _check_guests(guests, by=by, at=at)
        _check_staff([row for row in new if "nip" in row.values and row.outcome != REFUSED], by=by, at=at)

    def check_whole(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> Refused | None:  # noqa: ARG002
        """There is a seat for everybody of the sheet, or nobody of it is taken in."""
        cohort = self._cohort(by)
        taken = Participant.objects.filter(cohort=cohort).exclude(standing=Standing.WITHDRAWN).count()
        more = sum(row.outcome == NEW for row in rows)
        try:
            rules.check_taking_part(rules.State(cohort.state))
            rules.check_seats(cohort.seats, taken=taken, more=more)
        except Refused as no:
            return no
        return None

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """Record who is new and take everybody in, all or nobody."""
        rows = [row for batch in staged for row in batch]
        try:
            records.add_guests(guests=[_guest(row) for row in rows if row.values.get("makes") == GUEST], by=by, at=at)
            if staff := [_staff(row, at) for row in rows if row.values.get("makes") == STAFF]:
                records.add_people(rows=staff, by=by, at=at)
            services.add_participants(
                cohort=self._cohort(by).pk, people=[_participant(row) for row in rows], by=by, at=at
            )
        except Refused:
            raise Refused("imports.stale") from None

    def sentence(self, refused: Refused) -> str:
        """Words of this module, or of the one that records people."""
        if refused.code.startswith("people."):
            return importer_of("people").sentence(refused)
        return sentence(refused)

    def _cohort(self, by: Actor) -> Cohort:
        if self.cohort is None:
            raise Refused("imports.where")
        return access.fetch_cohort(by, self.cohort)


def _gather(row: Row) -> None:
    """From where somebody comes, and what makes two lines the same person."""
    values = row.values
    told = values.get("institution", "")
    if "nip" not in values and not told and "unit" in values:
        values["institution"] = told = values.pop("unit")
    if "origin" not in values and "nip" not in values:
        values["origin"] = (origin_in(told) or Origin.OUTSIDE).value
        if values["origin"] != Origin.ACADEMY:
            values["origin"] = Origin.OUTSIDE.value
    nip, name = values.get("nip"), values.get("name")
    row.key = nip or (key_of(name, told) if name else "")


def _check_known(row: Row, person: Somebody, known: Known) -> None:
    if row.outcome == REFUSED:
        return
    if not is_named(row.values.get("name", ""), person.name):
        row.refuse(Refused("programmes.nip_of_another", name=person.name), "nip")
        return
    if known.there.get(person.id, Standing.WITHDRAWN) != Standing.WITHDRAWN:
        row.reasons.append(("", Refused("programmes.takes_part_already")))
        row.outcome = SAME
    if "origin" not in row.values:
        row.values["origin"] = (Origin.CPNS if person.kind == "cpns" else Origin.AGENCY).value
    row.target = person.id
    row.values["person"] = str(person.id)


def _check_guests(rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
    """Guests who are recorded along; their institution is what tells them apart."""
    for row in rows:
        if not row.values.get("institution"):
            row.refuse(Refused("programmes.institution_missing"), "institution")
        row.values |= {"makes": GUEST, "person": str(uuid4())}
    named = [row for row in rows if row.outcome != REFUSED]
    for row, wrong in zip(named, people.guest_reasons([_guest(row) for row in named], by=by, at=at), strict=True):
        for refused in wrong:
            row.refuse(refused)


def _check_staff(rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
    """Civil servants who are not on record: recorded along by who keeps records, when the unit is known."""
    if not rows:
        return
    units = _units(by, timezone.localdate(at))
    ready = []
    for row in rows:
        unit = units.get(simple(row.values.get("unit", "") or "-"))
        if unit is None:
            row.refuse(Refused("programmes.nip_not_on_record"), "nip")
            continue
        row.values |= {"makes": STAFF, "person": str(uuid4()), "unit_id": str(unit)}
        row.values.setdefault("origin", Origin.CPNS.value)
        ready.append(row)
    reasons = people.reasons_against([_staff(row, at) for row in ready], by=by, at=at)
    for row, wrong in zip(ready, reasons, strict=True):
        codes = {refused.code for refused in wrong}
        if codes & {"people.unit_unknown", "people.nip_known"}:  # another agency's, or not one's own records
            row.refuse(Refused("programmes.nip_not_on_record"), "nip")
        else:
            for refused in wrong:
                row.refuse(refused, "nip" if refused.code.startswith("people.nip") else "")


def _units(by: Actor, today: date) -> dict[str, UUID]:
    """Units by code and by name, where one name is one unit."""
    found: dict[str, UUID] = {}
    twice: set[str] = set()
    for line in lines_in(agency=by.agency, day=today):
        name = simple(line.name)
        twice |= {name} & found.keys()
        found[name] = found[simple(line.code)] = line.id
    return {word: unit for word, unit in found.items() if word not in twice}


def _guest(row: Row) -> Guest:
    told = row.values
    return Guest(
        UUID(told["person"]), told.get("name", ""), told["institution"], told.get("email", ""), told.get("phone", "")
    )


def _staff(row: Row, at: datetime) -> NewPerson:
    told = row.values
    kind = "pns" if told["origin"] == Origin.AGENCY else "cpns"
    facts = PersonFacts(kind, told["name"], told["nip"], email=told.get("email", ""), phone=told.get("phone", ""))
    return NewPerson(facts=facts, unit=UUID(told["unit_id"]), since=timezone.localdate(at), person=UUID(told["person"]))


def _participant(row: Row) -> NewParticipant:
    told = row.values
    return NewParticipant(UUID(told["person"]), told["origin"], told.get("institution", ""))

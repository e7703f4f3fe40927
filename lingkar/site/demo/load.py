"""Load the demo once, all of it or nothing."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs import services as orgs
from lingkar.directory.orgs.services import NewPosition, NewUnit
from lingkar.directory.people import services as people
from lingkar.directory.people.services import Earlier, NewPerson, PersonFacts
from lingkar.directory.places import services as places
from lingkar.foundation.access import Actor
from lingkar.foundation.calendar import services as calendar
from lingkar.foundation.parameters.queries import read_once
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports.services import continue_numbers, take_over
from lingkar.loop.needs.services import compute as compute_needs
from lingkar.loop.scoreboard.services import compute as compute_circle
from lingkar.site.demo import staff
from lingkar.site.demo.bringing import FIRST_NUMBER, City
from lingkar.site.demo.catalogue import load_services
from lingkar.site.demo.causes import load_causes
from lingkar.site.demo.city import FOUNDED, GOVERNMENTS, PASSWORD, RAWA_BENING, Government, PersonRow, PlaceRow
from lingkar.site.demo.classroom import load_class
from lingkar.site.demo.copies import analyse, multiply
from lingkar.site.demo.effect import load_studies
from lingkar.site.demo.fieldwork import load_fieldwork
from lingkar.site.demo.learning import load_learning
from lingkar.site.demo.merit import load_merit
from lingkar.site.demo.plan import load_plans
from lingkar.site.demo.programmes import load_programmes
from lingkar.site.demo.reports import load_reports, sending_times
from lingkar.site.demo.staff import Known
from lingkar.site.demo.surveys import load_surveys
from lingkar.site.demo.tree import UnitRow
from lingkar.site.home import SetupError
from lingkar.site.operate.starter import add_subjects

SMALL = 0.02
"""What tests load: everything is there, little of it."""


def load(*, at: datetime, scale: float = SMALL) -> bool:
    """The fictional city and its neighbour as they are on the day of ``at``; False when they are there already.

    ``scale`` 1 is the demo: two years, about 1,200 civil servants and 2,500 reports; 20 is twenty times as many.

    ``SetupError`` where a real agency is set up: in the demo everybody may sign in as anybody, without a password.
    """
    if Agency.objects.exclude(code__in=[government.code for government in GOVERNMENTS]).exists():
        raise SetupError(
            "This installation holds an agency of its own, and in the demo everybody may sign in as anybody. Set "
            "LINGKAR_HOME to another folder for the demo, or run lingkar serve."
        )
    if Agency.objects.filter(code=GOVERNMENTS[0].code).exists():
        return False
    with transaction.atomic():
        _found_all(at, scale)
    analyse()
    return True


def _found_all(at: datetime, scale: float) -> None:
    password = make_password(PASSWORD)  # once: a slow hash for each of thirty people would cost seconds
    for government in GOVERNMENTS:
        _found(government, password, at, scale)


def _found(rows: Government, password: str, at: datetime, scale: float) -> None:
    agency = Agency.objects.create(code=rows.code, name=rows.name, host=rows.host, timezone=rows.timezone)
    with agency_scope(agency.pk), timezone.override(rows.timezone), read_once():
        by = Actor.system(agency.pk)
        _calendar(agency, by, at)
        units = _units(agency, rows.units, by, at)
        _places(agency, rows.places, by, at)
        accounts = {person.nip: _employ(person, units, password, by, at) for person in rows.people}
        _staff(rows, units, accounts, by, at, scale)
        add_subjects(by=by, at=at)
        load_services(words="marsh" if rows is RAWA_BENING else "services", units=units, scale=scale, by=by, at=at)
        _reports(agency, by, at, scale)
        load_surveys(units=units, scale=scale, by=by, at=at)
        load_merit(by=by, at=at)
        load_learning(units=units, by=by, at=at)
        if rows is not RAWA_BENING:
            analyse()  # what follows asks about everybody
            load_programmes(units=units, by=by, at=at)
            load_fieldwork(by=by, at=at)
            load_class(password=password, by=by, at=at)
        compute_needs(by=by, at=at)
        if rows is not RAWA_BENING:
            load_plans(by=by, at=at)
            load_studies(by=by, at=at)
        compute_circle(by=by, at=at)


def _calendar(agency: Agency, by: Actor, at: datetime) -> None:
    """Also the year before last: promises of two years ago were counted from it."""
    calendar.seed(agency=agency.pk, at=at)
    calendar.refresh_year(year=timezone.localdate(at).year - 2, by=by, at=at)


def _reports(agency: Agency, by: Actor, at: datetime, scale: float) -> None:
    """Two years of reports, made up; in the city also the last weeks, told by hand."""
    if agency.code == RAWA_BENING.code:
        _few_reports(agency, by, at)
    else:
        _many_reports(agency, by, at, scale)


def _few_reports(agency: Agency, by: Actor, at: datetime) -> None:
    city = City(agency, at=at, scale=1.0)
    sent = city.reports()
    numbers = {one.at: number for number, one in enumerate(sent, start=1)}
    take_over(cases=city.cases(sent, numbers), desk=city.desk, by=by, at=at)
    continue_numbers(agency=agency.pk, last=len(sent))
    load_causes(city=city, sent=sent, by=by, at=at)


def _many_reports(agency: Agency, by: Actor, at: datetime, scale: float) -> None:
    """Made up and told by hand, numbered together in the order in which they came in."""
    city = City(agency, at=at, scale=min(scale, 1.0))
    sent = city.reports()
    moments = sorted([*(one.at for one in sent), *sending_times(agency=agency, at=at)])
    numbers = {moment: number for number, moment in enumerate(moments, start=FIRST_NUMBER)}
    take_over(cases=city.cases(sent, numbers), desk=city.desk, by=by, at=at)
    load_reports(agency=agency, numbers=numbers.__getitem__, at=at)
    continue_numbers(agency=agency.pk, last=max(numbers.values()))
    load_causes(city=city, sent=sent, by=by, at=at)
    if scale > 1:
        multiply(agency=agency.pk, times=round(scale) - 1)


def _units(agency: Agency, rows: tuple[UnitRow, ...], by: Actor, at: datetime) -> dict[str, UUID]:
    new = [NewUnit(r.code, r.kind, r.name, FOUNDED, r.parent, r.short) for r in rows]
    return orgs.add_units(agency=agency.pk, rows=new, by=by, at=at)


def _places(agency: Agency, rows: tuple[PlaceRow, ...], by: Actor, at: datetime) -> None:
    known: dict[str, UUID] = {}
    for row in rows:
        known[row.code] = places.add_place(
            agency=agency.pk,
            kind="village" if row.parent else "district",
            code=row.code,
            name=row.name,
            parent=known.get(row.parent),
            latitude=row.latitude,
            longitude=row.longitude,
            boundary=row.boundary,
            by=by,
            at=at,
        ).pk


def _employ(person: PersonRow, units: dict[str, UUID], password: str, by: Actor, at: datetime) -> UUID:
    account = people.open_account(agency=by.agency, name=person.name, nip=person.nip, email=person.email, by=by, at=at)
    account.password = password
    account.save(update_fields=["password"])
    unit = units.get(person.unit)
    if person.role:
        people.grant_role(account=account.pk, role=person.role, unit=unit, valid_from=FOUNDED, by=by, at=at)
    return account.pk


DESKS = {
    "coordinator": "organisasi",
    "leader": "setda",
    "operator": "aptika",
    "personnel": "mutasi",
    "training": "pengembangan",
}
"""Where somebody works whose role reaches the whole agency."""


def _staff(
    rows: Government, units: dict[str, UUID], accounts: dict[str, UUID], by: Actor, at: datetime, scale: float
) -> None:
    """Positions of every unit and the people in them; who has an account is one of them."""
    known = [Known(p.name, p.nip, _desk(p, units), p.email) for p in rows.people]
    crew = staff.crew(rows.units, known, today=timezone.localdate(at), scale=scale, agency=rows.code)
    posts = orgs.add_positions(agency=by.agency, rows=[_position(row) for row in crew.positions], by=by, at=at)
    people.add_people(rows=[_person(row, units, posts, accounts) for row in crew.people], by=by, at=at)


def _desk(person: PersonRow, units: dict[str, UUID]) -> str:
    unit = person.unit or DESKS[person.role]
    return unit if unit in units else "setda"


def _position(row: staff.PositionRow) -> NewPosition:
    post = row.post
    return NewPosition(
        code=row.code,
        title=post.title,
        unit=row.unit,
        kind=post.kind,
        valid_from=FOUNDED,
        level=post.level,
        echelon=post.echelon or None,
        leads=row.leads,
        seats=row.seats,
    )


def _person(
    row: staff.StaffRow, units: dict[str, UUID], posts: dict[str, UUID], accounts: dict[str, UUID]
) -> NewPerson:
    facts = {name: getattr(row, name) for name in ("kind", "name", "nip", "birth_place", "birth_date", "sex")}
    more = {name: getattr(row, name) for name in ("golongan", "education", "email", "phone")}
    return NewPerson(
        facts=PersonFacts(**facts, **more),
        unit=units[row.unit],
        position=posts[row.position],
        title=row.title,
        since=row.since,
        account=accounts.get(row.nip),
        earlier=tuple(Earlier(units[past.unit], past.title, past.since, past.until) for past in row.earlier),
    )

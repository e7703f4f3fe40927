"""Every route that takes arguments, with an example of each: the one place to extend when a route is added.

A sample is made for a place in the world (``Where``): in the city under test at the own unit or at another one, or
in another agency. The permission table asks for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatch
from io import BytesIO
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from lingkar.directory.orgs import services as orgs
from lingkar.directory.orgs.models import Unit
from lingkar.directory.people import services as people
from lingkar.directory.people.models import Account, Correction, Delegation, Erasure, Person, RoleGrant, Round, Transfer
from lingkar.directory.services import services
from lingkar.directory.services.models import Service
from lingkar.foundation.calendar.models import DayOff, WorkWeek
from lingkar.foundation.imports.models import Import
from lingkar.foundation.notify.models import Message, Notification
from lingkar.foundation.privacy.tickets import ticket_for
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.programmes.tests import made as training
from lingkar.listen.reports import keys
from lingkar.listen.reports import services as reports
from lingkar.listen.reports.models import Attachment, Category, NumberSeries, Report
from lingkar.listen.reports.queries.routing import OTHER
from lingkar.listen.surveys import services as surveys
from lingkar.loop.needs.models import Computation, Need
from lingkar.site.search.models import Synonym
from tests import learning, loop, merit, studying
from tests.fixtures import LONG_AGO, NOW, City
from tests.standards import WHOLE
from tests.where import Sample, Where, Whose, once


def officer(where: Where) -> Account:
    return where.city.holder("officer", where.unit)


def grant(where: Where) -> UUID:
    return RoleGrant.objects.get(account=officer(where), waits=False).pk


@once
def waiting_grant(where: Where) -> UUID:
    facts = {"role": "inspector", "unit": where.city.units[where.unit], "valid_from": NOW.date(), "given_by": uuid4()}
    return RoleGrant.objects.create(agency=where.city.agency, account=officer(where), waits=True, **facts).pk


@once
def person(where: Where) -> Person:
    serial = sum(f"{where.city.agency.code} {where.unit}".encode()) % 900 + 1
    facts = people.PersonFacts(kind="pns", name=f"Sri {where.unit.title()}", nip=f"198704122010012{serial:03}")
    unit, since, by = where.city.units[where.unit].pk, date(2020, 1, 1), where.city.system
    return people.add_person(facts=facts, unit=unit, title="Analis", since=since, by=by, at=NOW)


@once
def delegation(where: Where) -> UUID:
    days = {"valid_from": NOW.date(), "valid_to": NOW.date(), "asked_at": NOW}
    receiver = where.city.holder("member", None)
    return Delegation.objects.create(agency=where.city.agency, grant_id=grant(where), receiver=receiver, **days).pk


@once
def invitations(where: Where) -> UUID:
    return Round.objects.create(agency=where.city.agency, key=uuid4(), total=1, base="/", asked_at=NOW).pk


def transfer(where: Where, *, arrives: bool) -> UUID:
    """A record of somebody who left, released by this agency to another one, or the other way round."""
    here = where.city.agency
    there = Agency.objects.exclude(pk=here.pk).first() or Agency.objects.create(code="tetangga", name="Kota Tetangga")
    sent, to = (there, here) if arrives else (here, there)
    nip = f"198805122010012{sum(f'{sent.code} {where.unit} {arrives}'.encode()) % 900 + 100}"
    with agency_scope(sent.pk):
        facts = {"kind": "pns", "name": "Sri Pindah", "status": "left"}
        left, _ = Person.objects.get_or_create(nip=nip, defaults={"agency": sent, **facts})
        found, _ = Transfer.objects.get_or_create(person=left, defaults={"agency": sent, "to": to, "released_at": NOW})
    return found.pk


@once
def correction(where: Where) -> UUID:
    told = {"key": uuid4(), "subject": "name", "text": "Nama saya keliru.", "asked_at": NOW, "due_at": NOW}
    account = officer(where)
    return Correction.objects.create(agency=where.city.agency, account=account, person=person(where), **told).pk


@once
def erasure(where: Where) -> UUID:
    asked = {"reason": "no_basis", "asked_by": uuid4(), "asked_at": NOW}
    return Erasure.objects.create(agency=where.city.agency, person=person(where), **asked).pk


@once
def passkey(where: Where) -> int:
    return int(Authenticator.objects.create(user=officer(where), type="webauthn", data={"name": "x"}).pk)


@once
def device(where: Where) -> int:
    key = f"session-of-{officer(where).pk.hex}"[:40]
    return int(UserSession.objects.create(session_key=key, user=officer(where), ip="::1").pk)


@once
def day_off(where: Where) -> int:
    fields = {"date": date(2026, 7, len(where.unit)), "name": "Hari jadi", "kind": "local"}
    return DayOff.objects.create(agency=where.city.agency, **fields).pk


@once
def week(where: Where) -> int:
    return WorkWeek.objects.create(agency=where.city.agency, name=f"Minggu {where.unit}", days="123456").pk


@once
def synonym(where: Where) -> UUID:
    phrases = ["warga baru", f"pendatang {where.unit}"]
    return Synonym.objects.create(agency=where.city.agency, phrases=phrases, changed_at=NOW).pk


@once
def imported(where: Where) -> UUID:
    """A sheet that the keeper of the unit's records sent, and that waits to be read."""
    row = Import(agency=where.city.agency, kind="people", name="pegawai.csv", sha256="0" * 64, started_at=NOW)
    row.started_by = where.city.holder("personnel", where.unit).pk
    row.save(force_insert=True)
    return row.pk


@once
def notification(where: Where) -> UUID:
    return Notification.objects.create(
        agency=where.city.agency, recipient=officer(where).pk, kind="test", url="/", created_at=NOW
    ).pk


@once
def letter(where: Where) -> UUID:
    return Message.objects.create(
        agency=where.city.agency, key=where.unit, state="failed", created_at=NOW, changed_at=NOW, due_at=NOW
    ).pk


@once
def desk(where: Where) -> Unit:
    """A unit below the unit, with a code that no other agency has."""
    code = f"loket-{where.unit}-{where.city.agency.code}"
    above, by = where.city.units[where.unit].pk, where.city.system
    with agency_scope(where.city.agency.pk):
        return orgs.add_unit(
            agency=where.city.agency.pk, kind="section", code=code, name="Loket", parent=above,
            valid_from=date(2020, 1, 1), by=by, at=NOW,
        )  # fmt: skip


@once
def position(where: Where) -> UUID:
    code, unit = f"petugas-{where.unit}", desk(where).pk
    with agency_scope(where.city.agency.pk):
        return orgs.add_position(
            unit=unit, code=code, title="Petugas Loket", kind="executive", valid_from=date(2020, 1, 1),
            by=where.city.system, at=NOW,
        ).pk  # fmt: skip


@once
def category(where: Where) -> Category:
    """The unit's own category, beside the one that every agency has for everything else."""
    if where.sealed:
        return category(replace(where, sealed=False))
    if not Category.objects.filter(code=OTHER).exists():
        _add_category(OTHER, "Lainnya", where)
    return _add_category(where.unit, "Kependudukan", where)


def _add_category(code: str, name: str, where: Where) -> Category:
    unit, by = where.city.units[where.unit].pk, where.city.system
    return reports.add_category(
        code=code, name=name, request_class="complaint", unit=unit, terms=["ktp"], sensitive=False, by=by, at=NOW
    )


@once
def need(where: Where) -> UUID:
    """A need of the unit."""
    found = Service.objects.get(code=service(where))
    run = Computation.objects.create(
        agency=where.city.agency, at=NOW, first=LONG_AGO, last=NOW.date(), half_life=180, smallest=5
    )
    return Need.objects.create(
        agency=where.city.agency, computation=run, service=found, unit=where.city.units[where.unit],
        competency="public_service", rank=1,
    ).pk  # fmt: skip


@once
def service(where: Where) -> str:
    """The code of a service that the unit offers."""
    if where.sealed:
        return service(replace(where, sealed=False))
    by, code = where.city.system, f"{where.city.agency.code}-{where.unit}"
    added = services.add_service(code=code, unit=where.city.units[where.unit].pk, standard=WHOLE, by=by, at=NOW)
    services.publish_service(service=added.pk, valid_from=LONG_AGO, reviewed_on=LONG_AGO, by=by, at=NOW)
    return code


@once
def counter(where: Where) -> UUID:
    about, unit = Service.objects.get(code=service(where)).pk, where.city.units[where.unit].pk
    return surveys.open_counter(service=about, unit=unit, by=where.city.system, at=NOW)


def begun(where: Where) -> str:
    """The token of a report whose words are written and that is not sent."""
    city, token = where.city, keys.new_token()
    category(where)
    NumberSeries.objects.get_or_create(agency=city.agency, defaults={"last": sum(city.agency.code.encode())})
    text, by, about = "Loket tutup sebelum waktunya.", city.visitor, service(where)
    reports.save_words(token=token, text=text, photos=[photo()], service=about, by=by, at=NOW)
    village = city.places["village"].pk
    reports.save_where(token=token, place=village, location="loket 2", latitude=None, longitude=None)
    return token


@once
def draft(where: Where) -> str:
    return begun(where)


@once
def sent(where: Where) -> str:
    """The token of a report that was sent to the unit, then published by it, or sealed."""
    token, officer = begun(where), where.city.actor("officer", where.unit)
    got = reports.send_report(token=token, category=category(where).pk, by=where.city.visitor, at=NOW)
    end = reports.seal_report if where.sealed else reports.publish_report
    end(report=got.report, seen=report(where, token).revision, by=officer, at=NOW)
    return token


def report(where: Where, token: str = "") -> Report:
    return Report.objects.get(code_digest=keys.code_digest(keys.code_for(token or sent(where))))


def photo() -> SimpleUploadedFile:
    """A small real photo, as a phone sends it."""
    buffer = BytesIO()
    Image.new("RGB", (32, 24), "steelblue").save(buffer, "JPEG")
    return SimpleUploadedFile("loket.jpg", buffer.getvalue(), "image/jpeg")


@once
def parked_job(where: Where) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'events.deliver', jsonb_build_object('agency', %s::text), 'failed') RETURNING id",
            [where.city.agency.pk],
        )
        return int(cursor.fetchone()[0])


SAMPLES: dict[str, Sample] = {
    # "route name.argument", * stands for any; the first that matches is taken
    **studying.SAMPLES,
    "orgs:*.code": lambda where: desk(where).code,
    "orgs:*.position": position,
    "people:end.pk": grant,
    "people:decide_grant.pk": waiting_grant,
    "people:end_device.pk": device,
    "people:in_unit.unit": lambda where: desk(where).pk,
    "people:in_position.position": position,
    "people:*.delegation": lambda where: delegation(where),
    "people:*.invitations": lambda where: invitations(where),
    "people:take.transfer": lambda where: transfer(where, arrives=True),
    "people:*.transfer": lambda where: transfer(where, arrives=False),
    "people:*.correction": lambda where: correction(where),
    "people:*.erasure": lambda where: erasure(where),
    "people:*.person": lambda where: person(where).pk,
    "people:*.placement": lambda where: person(where).placements.get().pk,
    "people:*.pk": lambda where: officer(where).pk,
    "mfa_*_webauthn.pk": passkey,
    "operate:*.job": parked_job,
    "account_reset_password_from_key.uidb36": lambda where: officer(where).pk.hex,
    "account_reset_password_from_key.key": lambda where: "set-password",
    **learning.samples(),
    "services:*.code": service,
    "services:*.service": lambda where: Service.objects.get(code=service(where)).pk,
    "services:*.number": lambda where: 1,
    "needs:*.need": need,
    "services:*.position": position,
    "reports:about.code": service,
    "reports:of_service.code": service,
    "effect:*.study": lambda where: loop.study(where, service(where)),
    "planning:*.year": lambda where: loop.planned(where).plan.year,
    "planning:*.run": lambda where: loop.planned(where).pk,
    "planning:*.code": lambda where: loop.suggested(where, service(where)),
    "planning:*.competency": lambda where: loop.COMPETENCY,
    "planning:*.need": need,
    "effect:*.code": service,
    "scoreboard:*.code": lambda where: loop.circle(where, service(where)),
    "effect:*.cohort": lambda where: loop.cohort_of(where).pk,
    "causes:*.cohort": lambda where: loop.cohort_of(where).pk,
    "causes:*.code": lambda where: loop.cohort_of(where).code,
    "surveys:*.code": service,
    "surveys:at.unit": lambda where: where.unit,
    "surveys:after_case.ticket": lambda where: ticket_for(about=service(where), occasion="a case"),
    "surveys:*.counter": counter,
    "competence:*.person": lambda where: person(where).pk,
    **merit.samples(person),
    **training.samples(person),
    "calendar:*_day.pk": day_off,
    "calendar:*_week.pk": week,
    "calendar:*.year": lambda where: 2026,
    "parameters:*.key": lambda where: "reports.first_answer_days",
    "search:*.synonym": synonym,
    "imports:*.source": imported,
    "imports:example.kind": lambda where: "people",
    "notify:opened.pk": notification,
    "notify:*.pk": letter,
    "reports:receipt.token": sent,
    "reports:*.token": draft,
    "reports:*.photo": lambda where: Attachment.objects.get(draft__key=keys.draft_key(draft(where))).pk,
    "reports:*.key": lambda where: keys.code_for(sent(where)),
    "reports:*.attachment": lambda where: report(where).attachments.get().pk,
    "reports:*.number": lambda where: report(where).number,
    "*:*.report": lambda where: report(where).pk,
    "reports:*.category": lambda where: category(where).pk,
}


@dataclass(frozen=True)
class Route:
    """One named address with the names of its arguments and the need it states (None: a library's route)."""

    name: str
    arguments: tuple[str, ...]
    need: str | None

    def address(self, where: Where) -> str:
        """The route's address for the samples of a place."""
        with agency_scope(where.city.agency.pk):
            return reverse(self.name, kwargs={name: sample_of(self.name, name)(where) for name in self.arguments})


def sample_of(route: str, argument: str) -> Sample:
    """The sample for one argument of a route; a route without one has none yet."""
    for pattern, sample in SAMPLES.items():
        if fnmatch(f"{route}.{argument}", pattern):
            return sample
    raise LookupError(f'tests/samples.py has no sample for "{route}.{argument}"')


def every_route() -> list[Route]:
    """Every address of the installation."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda route: route.name)


def routes() -> list[Route]:
    """The routes of the house: those that state their need."""
    return [route for route in every_route() if route.need is not None]


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> list[Route]:
    found: list[Route] = []
    for item in patterns:
        if isinstance(item, URLResolver):
            found += _walk(item.url_patterns, f"{space}{item.namespace}:" if item.namespace else space)
        else:
            need = getattr(item.callback, "need", None)
            arguments = tuple(sorted(item.pattern.regex.groupindex))
            found.append(Route(f"{space}{item.name}", arguments, None if need is None else str(need)))
    return found


def places(route: Route, kota: City, lain: City) -> Mapping[str, Where]:
    """Whose things the permission table asks a route for; what can be sealed is asked for sealed, too."""
    own = Where(kota, "pelayanan")
    if not route.arguments:
        return {"-": own}
    found = {Whose.OWN: own, Whose.OTHER: Where(kota, "pupr"), Whose.LAIN: Where(lain, "pelayanan")}
    if "report" in route.arguments:
        found[Whose.SEALED] = Where(kota, "pelayanan", sealed=True)
    return {str(whose): where for whose, where in found.items()}

"""What the journey round the circle asks of the database, the sheet of its office, and the months before its day.

``past`` and ``night`` run inside the installation under test, through services: a journey of one day can neither wait
for complaints of half a year nor for the jobs of the night.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import FilePayload
from xlsxwriter import Workbook

from lingkar.foundation.documents.codes import qr_svg
from lingkar.grow.programmes.keys import TURN, token_for
from tests.installation import Installation

if TYPE_CHECKING:
    from lingkar.foundation.access import Actor

SERVICE, COUNTER = "kartu-keluarga", "pendaftaran"
NADIA = "199903152025042006"
SINCE = date(2024, 3, 1)
POLITE = ("Poniman Saputro", "197708142006041005")
SENIOR = (POLITE[1], "197605182001122003")
"""Those of the counter who lack nothing."""
CREW = (
    ("Agustina Wenda", "199201102024212003"),
    ("Burhanuddin Lubis", "198805232024211004"),
    ("Melati Kusumawardhani", "199407082024212005"),
    ("Samuel Tarigan", "199009172024211002"),
)
"""Colleagues with a contract: below five assessed people nothing is told of what those who serve lack. A training of 30
hours is longer than their contract allows, so of the counter the plan can only send Nadia."""
SAID = (
    "Tambah anak di kartu keluarga, di loket 1 diminta fotokopi buku nikah, di loket 2 tidak diminta.",
    "Sudah tiga kali bolak-balik kartu keluarga, tiap petugas menyebut syarat lain.",
    "Pisah kartu keluarga dari orang tua, petugas tidak yakin syaratnya dan menyuruh kembali besok.",
    "Petugas kartu keluarga bilang harus surat RT, padahal di papan syarat tidak ada.",
    "Kartu keluarga setelah pindah: petugas membaca syarat yang lama, saya pulang lagi.",
    "Mau perbaiki ejaan nama di kartu keluarga, petugas tidak tahu formulir yang mana.",
)


def roster() -> FilePayload:
    """The sheet of an office: a colleague of the counter, a guest without NIP, and a line that nobody can take in."""
    out = BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet("Peserta")
        for number, row in enumerate(
            (
                ("DAFTAR PESERTA PKTBT",),
                ("No", "NIP", "Nama Lengkap", "Kategori", "Instansi"),
                (1, POLITE[1], POLITE[0], "PNS", ""),
                (2, "-", "Yohanes Rumbiak", "Instansi lain", "Universitas Teluk Kawung"),
                (3, "199913452025042001", "Salah Ketik", "CPNS", ""),
            )
        ):
            sheet.write_row(number, 0, row)
    return {"name": "peserta.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": out.getvalue()}


def scanned(installation: Installation, session: object, drawn: list[str]) -> str:
    """The address that a phone reads from the QR on the wall: the one of which exactly this drawing is made."""
    secret = (installation.home / "secret").read_text().strip()
    now = datetime.now(UTC)
    for at in (now, now - timedelta(seconds=TURN)):
        with override_settings(SECRET_KEY=secret):
            token = token_for(UUID(str(session)), at)
        address = f"http://127.0.0.1:{installation.port}/hadir/{token}/"
        if set(re.findall(r' d="([^"]+)"', qr_svg(address))) & set(drawn):
            return address
    raise AssertionError("the QR on the wall says something else")


# --- before the journey, and the night after it --------------------------------------------------------------------


def past() -> None:
    """Half a year at one counter: more officers, assessed; cases that were closed with their cause; answers."""
    from lingkar.directory.orgs.queries import unit_coded
    from lingkar.directory.services.queries import service_coded

    with _city() as (by, at):
        unit, version = unit_coded(COUNTER), service_coded(SERVICE, day=timezone.localdate(at))
        assert unit
        assert version
        _employ(unit.pk, version.service_id, by=by, at=at)
        _complain(unit.pk, version.service_id, by=by, at=at)
        _answer(unit.pk, version.service_id, by=by, at=at)


def night() -> None:
    """What the jobs of the night do: ask each study, and look at every circle again."""
    from lingkar.loop.effect import services as effect
    from lingkar.loop.scoreboard import services as scoreboard

    with _city() as (by, at):
        effect.judge_all(by=by, at=at)
        scoreboard.compute(by=by, at=at)


@contextmanager
def _city() -> "Iterator[tuple[Actor, datetime]]":
    from lingkar.foundation.access import Actor
    from lingkar.foundation.tenancy.models import Agency
    from lingkar.foundation.tenancy.queries import working_for

    agency = Agency.objects.get(code="teluk-kawung")
    with working_for(agency.pk), transaction.atomic():
        yield Actor.system(agency.pk), timezone.now()


def _employ(unit: UUID, service: UUID, *, by: "Actor", at: datetime) -> None:
    from lingkar.directory.people import queries, services
    from lingkar.directory.people.services import NewPerson, PersonFacts
    from lingkar.directory.services.queries import staff_of
    from lingkar.grow.competence.services import PastAssessment, assess_many

    today = timezone.localdate(at)
    post = queries.placements_on(today).filter(unit=unit, person__nip=NADIA).get().position_id
    rows = [
        NewPerson(PersonFacts("pppk", name, nip), unit=unit, position=post, title="Petugas loket", since=SINCE)
        for name, nip in CREW
    ]
    services.add_people(rows=rows, by=by, at=at)
    serving = {person for row in staff_of(service, day=today) for person in row.people}
    known = queries.serving().filter(pk__in=serving).exclude(nip=NADIA).values_list("pk", "nip")
    levels, on = [(who, int(nip in SENIOR)) for who, nip in known], today - timedelta(days=90)
    rows_now = [PastAssessment(who, "measured", {"public_service": level}, on) for who, level in levels]
    assess_many(rows=rows_now, by=by, at=at)


def _complain(unit: UUID, service: UUID, *, by: "Actor", at: datetime) -> None:
    from lingkar.directory.people.models import Account
    from lingkar.foundation.files.services import store
    from lingkar.listen.reports import services
    from lingkar.listen.reports.models import Report
    from lingkar.listen.reports.services import PastAct, PastCase
    from lingkar.loop.causes import services as causes
    from lingkar.loop.causes.services import PastCause
    from lingkar.site.demo.pictures import photo

    officer = Account.objects.get(name="Ratna Wulandari").pk
    proof = store(photo("surat", seed="lingkar"), kind="proof", by=by, at=at).pk
    last = Report.objects.order_by("-number").values_list("number", flat=True)[0]
    days = [at - timedelta(days=150 - 20 * number) for number in range(len(SAID))]
    cases = [
        PastCase(
            token=f"lingkar {number}".ljust(22, "-"), text=text, received_at=day, number=last + number, service=service,
            acts=[
                PastAct("accepted", day + timedelta(hours=2), officer),
                PastAct("published", day + timedelta(hours=3), officer),
                PastAct("closed", day + timedelta(days=4), officer, "Syarat kami jelaskan ulang.", proofs=[proof]),
            ],
        )
        for number, (text, day) in enumerate(zip(SAID, days, strict=True), start=1)
    ]  # fmt: skip
    services.take_over(cases=cases, desk=services.Desk(by.agency, on=timezone.localdate(at)), by=by, at=at)
    why = [
        PastCause(it.id, unit, "knowledge", timezone.localdate(it.received_at), at, "public_service", service)
        for it in cases
    ]
    causes.take_over(rows=why, by=by, at=at)


def _answer(unit: UUID, service: UUID, *, by: "Actor", at: datetime) -> None:
    from lingkar.listen.surveys.services import PastResponse, take_over

    today = timezone.localdate(at)
    given = [(3, 3, 2, 4, 3, 2, 2, 3, 3), (4, 3, 3, 4, 3, 2, 3, 3, 3)] * 6
    rows = [PastResponse(service, unit, today - timedelta(days=10 * n), row) for n, row in enumerate(given, start=1)]
    take_over(rows=rows, by=by, at=at)


# --- what is asked of the database ---------------------------------------------------------------------------------

OTHERS = (
    "SELECT r.id FROM planning_run r JOIN planning_plan y ON y.id = r.plan_id WHERE r.title <> %s AND y.state = 'draft'"
)
PLACES = (
    "SELECT p.nip FROM planning_assignment g JOIN planning_run r ON r.id = g.run_id JOIN people_person p"
    " ON p.id = g.person_id WHERE r.title = %s AND g.goes ORDER BY p.nip"
)
IN_CLASS = (
    "SELECT n.nip FROM programmes_participant p JOIN programmes_cohort c ON c.id = p.cohort_id JOIN people_person n"
    " ON n.id = p.person_id WHERE c.code = %s ORDER BY n.nip"
)
PARTICIPANT = (
    "SELECT p.id FROM programmes_participant p JOIN programmes_cohort c ON c.id = p.cohort_id"
    " JOIN people_person n ON n.id = p.person_id WHERE c.code = %s AND n.nip = %s"
)
SESSION = "SELECT s.id FROM programmes_session s JOIN programmes_cohort c ON c.id = s.cohort_id WHERE c.code = %s"
UNIT = (
    "SELECT u.id FROM orgs_unit u JOIN tenancy_agency a ON a.id = u.agency_id"
    " WHERE u.code = %s AND a.code = 'teluk-kawung'"
)
CERTIFICATE = (
    "SELECT c.code FROM credentials_certificate c JOIN people_person p ON p.id = c.person_id"
    " WHERE p.nip = %s AND c.title = %s"
)
LESSON = (
    "SELECT a.id FROM courses_checkanswer a JOIN people_person p ON p.id = a.person_id JOIN courses_lesson l"
    " ON l.id = a.lesson_id JOIN courses_course c ON c.id = l.course_id"
    " WHERE p.nip = %s AND l.number = 1 AND c.code = 'pelayanan-prima'"
)
ENROLLED = (
    "SELECT e.id FROM courses_enrolment e JOIN people_person p ON p.id = e.person_id JOIN courses_course c"
    " ON c.id = e.course_id WHERE p.nip = %s AND c.code = 'pelayanan-prima'"
)
ANSWERS = (
    "SELECT a.number, strpos(t.orders[a.number], a.choice::text) - 1 FROM exams_answer a"
    " JOIN exams_attempt t ON t.id = a.attempt_id JOIN people_person p ON p.id = t.person_id"
    " WHERE p.nip = %s ORDER BY a.number"
)
"""Which choice of each question is kept, by the place at which the phone showed it (from 0)."""
LATER = (
    "WITH since AS (UPDATE exams_restart SET begun_at = begun_at - make_interval(mins => 10))"
    " UPDATE exams_attempt SET started_at = started_at - make_interval(mins => 10),"
    " ends_at = ends_at - make_interval(mins => 10) WHERE submitted_at IS NULL"
)
"""Ten minutes of the server's clock: what was begun lies that much longer ago."""
STUDY = "SELECT y.is_late FROM effect_study y JOIN services_service s ON s.id = y.service_id WHERE s.code = %s"
ENTRY = "SELECT id FROM fieldwork_logentry WHERE words = %s"
OTHER_PEOPLE = (
    "SELECT p.id FROM programmes_participant p JOIN programmes_cohort c ON c.id = p.cohort_id JOIN people_person n"
    " ON n.id = p.person_id WHERE c.code = %s AND n.nip <> %s"
)
PASSED = (
    "SELECT p.id FROM programmes_participant p JOIN programmes_cohort c ON c.id = p.cohort_id"
    " WHERE c.code = %s AND p.standing = 'passed'"
)

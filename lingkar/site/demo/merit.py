"""What the civil servants of the demo can do and have learned: levels, hours, predicates, some certificates.

What is planted is told in ``docs/demo-truths.md``. Everything is made by chance from a seed, and nobody is real.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.utils import timezone

from lingkar.directory.orgs.queries import unit_coded
from lingkar.directory.people.queries import leader_of, serving
from lingkar.directory.services.queries import service_coded, staff_of
from lingkar.foundation.access import Actor
from lingkar.grow.competence import queries as competence
from lingkar.grow.competence.services import PastAssessment, assess_many, load_dictionary
from lingkar.grow.credentials.services import NewCertificate, NewHours, PastRating, credit, issue, punish, rate_many

SEED = "teluk-kawung merit"
NEEDY = "ktp-el"
"""The service whose staff has the largest gap."""
NEEDY_IN: Mapping[str, float] = {"public_service": 0.85, "communication": 0.75}
"""How likely one of its staff lacks a level there; everybody else lacks one with ``USUAL``."""
USUAL = 0.14
ASSESSED, MEASURED, SELF_ASSESSED = 0.92, 0.3, 0.25
ENOUGH_HOURS = 0.38
"""Share of people who learned 20 JP in the last year; the nation's figure is 35 %."""

COURSES = (
    ("B3", "Pelatihan Pelayanan Prima bagi Petugas Loket", 16),
    ("B3", "Pelatihan Pengelolaan Pengaduan SP4N-LAPOR!", 12),
    ("B10", "Bimbingan Teknis Tata Naskah Dinas", 8),
    ("B10", "Bimbingan Teknis Penyusunan SKP", 6),
    ("B2", "Pelatihan Komunikasi bagi Pengelola Layanan", 20),
    ("B8", "Kursus Pengolah Angka untuk Laporan Unit", 10),
    ("B5", "Pelatihan Kepekaan Sosial bagi Aparatur", 8),
    ("C4", "Pelatihan Jarak Jauh Manajemen Risiko", 14),
)
SMALL = (
    ("B6", "Seminar Pelayanan Publik Inklusif", 1),
    ("B7", "Lokakarya Standar Pelayanan", 1),
    ("B11", "Sosialisasi Netralitas ASN", 1),
    ("C3", "Belajar daring: keamanan informasi dasar", 3),
    ("C9", "Belajar mandiri: peraturan disiplin ASN", 2),
    ("C1", "Coaching dengan atasan", 1),
)
PREDICATES = (("very_good", 17), ("good", 76), ("needs_improvement", 5), ("poor", 2))
PAPER = "Pelatihan Pelayanan Prima dan Penanganan Keluhan"
SUBJECTS = (("Standar pelayanan dan maklumat", 6), ("Berkomunikasi di loket", 6), ("Menangani keluhan", 4),
            ("Pelayanan bagi kelompok rentan", 4))  # fmt: skip
PAPERS = 24


@dataclass(frozen=True)
class One:
    """Somebody as these rows need them."""

    id: UUID
    kind: str
    nip: str
    account: UUID | None


def load_merit(*, by: Actor, at: datetime) -> None:
    """The dictionary, two years of assessments and learning, and the certificates of one training."""
    today = timezone.localdate(at)
    load_dictionary(by=by, at=at)
    rows = serving().order_by("nip", "name").values_list("pk", "kind", "nip", "account")
    people = [One(pk, kind, nip or "", account) for pk, kind, nip, account in rows]
    standards = competence.standards_of([one.id for one in people], day=today)
    assess_many(rows=_levels(people, standards, _needy(today), today), by=by, at=at)
    credit(rows=[row for one in people for row in _hours(one, today)], by=by, at=at)
    rate_many(rows=[row for one in people for row in _ratings(one, today)], by=by, at=at)
    for one in people:
        if one.kind == "pns" and _chance(one, "punished").random() < 0.008:
            punish(person=one.id, severity="light", on=today - timedelta(days=500), by=by, at=at)
    _papers(people, today, by, at)


def _chance(one: One, what: str) -> Random:
    return Random(f"{SEED} {what} {one.nip}")  # noqa: S311


def _needy(today: date) -> set[UUID]:
    """Whoever serves where the largest gap is planted."""
    version = service_coded(NEEDY, day=today)
    rows = staff_of(version.service_id, day=today) if version else []
    return {person for row in rows for person in row.people}


def _levels(
    people: list[One], standards: Mapping[UUID, Mapping[str, int]], needy: set[UUID], today: date
) -> Iterator[PastAssessment]:
    """What managers found in spring, assessors the year before, and some of themselves (more kindly)."""
    for one in people:
        profile, chance = standards.get(one.id), _chance(one, "levels")
        if not profile:
            continue
        found = {code: _level(code, asked, one.id in needy, chance) for code, asked in profile.items()}
        if chance.random() < ASSESSED:
            yield PastAssessment(one.id, "manager", found, today - timedelta(days=chance.randint(150, 260)))
        if chance.random() < MEASURED:
            yield PastAssessment(one.id, "measured", found, today - timedelta(days=chance.randint(300, 700)))
        if chance.random() < SELF_ASSESSED:
            own = {code: min(level + (chance.random() < 0.5), 5) for code, level in found.items()}
            yield PastAssessment(one.id, "self", own, today - timedelta(days=chance.randint(20, 140)))


def _level(code: str, asked: int, is_needy: bool, chance: Random) -> int:
    lacks = NEEDY_IN.get(code, USUAL) if is_needy else USUAL
    below = (chance.random() < lacks) + (asked > 1 and chance.random() < lacks / 2)
    return max(asked - below, 0) if below else min(asked + (chance.random() < 0.08), 5)


def _hours(one: One, today: date) -> Iterator[NewHours]:
    """Trainings for the post long ago, a few things last year, fewer this year."""
    chance = _chance(one, "hours")
    if one.kind == "pns" and chance.random() < 0.5:
        form, title = ("B4", "Pelatihan Fungsional") if chance.random() < 0.8 else ("B1", "Pelatihan Kepemimpinan")
        yield NewHours(one.id, form, title, Decimal(60), today - timedelta(days=chance.randint(800, 1600)), days=10)
    enough = chance.random() < ENOUGH_HOURS
    for back in (380, 12):
        for form, title, amount in chance.sample(COURSES, 2 if enough else chance.randint(0, 1)):
            day = today - timedelta(days=back + chance.randint(0, 300))
            yield NewHours(one.id, form, title, Decimal(amount), day, days=max(amount // 8, 1))
        for form, title, amount in chance.sample(SMALL, chance.randint(0, 2)):
            yield NewHours(one.id, form, title, Decimal(amount), today - timedelta(days=back + chance.randint(0, 300)))


def _ratings(one: One, today: date) -> Iterator[PastRating]:
    if one.kind not in ("pns", "pppk"):
        return
    chance = _chance(one, "rating")
    names, shares = [name for name, _ in PREDICATES], [share for _, share in PREDICATES]
    for year in (today.year - 2, today.year - 1):
        yield PastRating(one.id, year, chance.choices(names, shares)[0])


def _papers(people: list[One], today: date, by: Actor, at: datetime) -> None:
    """Certificates of one training of this spring: everybody with an account, and some colleagues."""
    chosen = [one for one in people if one.account]
    chosen += [one for one in people if not one.account and one.kind != "external"][: max(0, PAPERS - len(chosen))]
    signer, title = head(today)
    last = today - timedelta(days=70)
    rows = [
        NewCertificate(
            person=one.id,
            title=PAPER,
            jp=Decimal(20),
            subjects=[(name, Decimal(jp)) for name, jp in SUBJECTS],
            first_day=last - timedelta(days=2),
            last_day=last,
            signer=signer,
            signer_title=title,
            source="training",
            source_id=UUID(int=Random(f"{SEED} paper {by.agency}").getrandbits(128), version=4),  # noqa: S311
            form="B3",
        )
        for one in chosen
    ]
    if rows:
        issue(rows=rows, by=by, at=at)


def head(today: date) -> tuple[str, str]:
    """Who signs: the head of BKPSDM."""
    unit = unit_coded("bkpsdm")
    found = leader_of(unit.pk, day=today) if unit else None
    return (found.person.name, found.title) if found else ("Kepala BKPSDM", "Kepala BKPSDM")

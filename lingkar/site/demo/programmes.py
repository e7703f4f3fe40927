"""The trainings of the demo: those of the planted truths on their days, a PKTBT that is over and one that runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.utils import timezone

from lingkar.directory.orgs.queries import lines_in
from lingkar.directory.people import queries as people
from lingkar.directory.people.services import NewPerson, PersonFacts, add_people
from lingkar.directory.services.queries import service_coded
from lingkar.foundation.access import Actor
from lingkar.grow.programmes import queries, services
from lingkar.grow.programmes.services import (
    CohortFacts,
    MeetingFacts,
    NewDuty,
    NewParticipant,
    NewSession,
    NewSubject,
)
from lingkar.site.demo.city import COACH, EXAMINER, MENTOR, PARTICIPANT, TRAINER
from lingkar.site.demo.merit import head
from lingkar.site.demo.truths import DELAYED, HELPS, NO_EFFECT, Training

SEED = "teluk-kawung programmes"
SEATS = 52
TRAINEES = 12
"""People of a unit who take part in a short training."""
TAUGHT = {
    HELPS.code: ("Komunikasi dan alur layanan rawat jalan", ("communication", "public_service")),
    NO_EFFECT.code: ("Pelayanan surat keterangan di kelurahan", ("public_service",)),
    DELAYED.code: ("Perizinan berusaha: syarat, waktu, dan pendampingan", ("public_service", "results")),
}
OUTSIDERS = (
    ("Petrus Wambrauw", "Perumda Air Minum Tirta Kawung"),
    ("Nyoman Tri Lestari", "Perumda Air Minum Tirta Kawung"),
    ("Abdul Muis Tanjung", "RS Bakti Kuala"),
    ("Maria Goreti Bere", "RS Bakti Kuala"),
    ("Fajar Nugroho", "Bank Kawung Sejahtera"),
    ("Cut Meutia Hanum", "Bank Kawung Sejahtera"),
)
SUBJECTS = (
    # part, title, hours, office, course, quiz
    ("administrative", "Renstra dan peta proses bisnis", 6, "", "", ""),
    ("administrative", "Tata naskah dinas dan kearsipan", 8, "", "tata-naskah", ""),
    ("administrative", "Manajemen kinerja ASN", 6, "", "", ""),
    ("substantive", "Pelayanan prima di loket", 10, "dukcapil", "pelayanan-prima", "kuis-pktbt"),
    ("substantive", "Syarat layanan kependudukan yang seragam", 8, "dukcapil", "", ""),
    ("substantive", "Studi lapangan: dari keluhan ke perbaikan", 10, "organisasi", "", ""),
)


@dataclass(frozen=True)
class Staff:
    """Who may take part: people by the path of the unit in which they work."""

    by_path: tuple[tuple[str, UUID, str], ...]
    """Path, person, kind of employment."""

    def of(self, path: str) -> list[UUID]:
        """People of a unit and of all below it."""
        return [person for where, person, _kind in self.by_path if where.startswith(path)]


def load_programmes(*, units: Mapping[str, UUID], by: Actor, at: datetime) -> None:
    """Every training, the oldest first. Each is made at its own time, through services."""
    services.load_types(by=by, at=at)
    today = timezone.localdate(at)
    paths = {line.code: line.path for line in lines_in(agency=by.agency, day=today)}
    team = _staff(today - timedelta(days=160))
    for training in (HELPS, NO_EFFECT, DELAYED):
        for number, (unit, ago) in enumerate(_in_time(training), start=1):
            day = today - timedelta(days=ago)
            _short(training, number, units[unit], _staff(day - timedelta(days=14)).of(paths[unit]), day, by=by)
    outside = _outsiders(by, at)
    logins = _logins()
    _over(units, _chosen(team, paths, "over", logins), logins, today=today, by=by)
    _running(units, _chosen(team, paths, "running", logins), outside, logins, at=at, by=by)


def _in_time(training: Training) -> list[tuple[str, int]]:
    days = [(unit, ago) for unit, ago in training.trained.items() if ago is not None]
    return sorted(days, key=lambda row: -row[1])


def _staff(today: date) -> Staff:
    rows = people.placements_on(today).filter(is_main=True).order_by("unit__path", "person__nip")
    return Staff(tuple(rows.values_list("unit__path", "person", "person__kind")))


def _logins() -> dict[str, UUID]:
    """The people of the demo's logins by NIP."""
    nips = [row.nip for row in (PARTICIPANT, TRAINER, MENTOR, COACH, EXAMINER)]
    rows = people.placements_on(date.max).filter(is_main=True, person__nip__in=nips)
    return {str(nip): person for nip, person in rows.values_list("person__nip", "person")}


def _outsiders(by: Actor, at: datetime) -> list[NewParticipant]:
    """People of other institutions, who have no NIP."""
    rows = [
        NewPerson(facts=PersonFacts(kind="external", name=name, institution=institution))
        for name, institution in OUTSIDERS
    ]
    add_people(rows=rows, by=by, at=at)
    names = dict(OUTSIDERS)
    found = people.people_in(by, people.Filters(kind="external"), day=timezone.localdate(at))
    return [NewParticipant(row.pk, "outside", names[row.name]) for row in found if row.name in names]


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


# --- short trainings ---------------------------------------------------------------------------------------------


def _short(training: Training, number: int, unit: UUID, staff: Sequence[UUID], day: date, *, by: Actor) -> None:
    """Two days in one unit, of which ``day`` is the last: from then on it may show in its complaints."""
    if not staff:
        return
    title, competencies = TAUGHT[training.code]
    at = _moment(day - timedelta(days=14), 9)
    service = service_coded(training.service, day=day)
    facts = CohortFacts(
        title=f"{title}, angkatan {number}",
        seats=30,
        first_day=day - timedelta(days=1),
        last_day=day,
        place="Aula BKPSDM",
        service=service.service_id if service else None,
        competencies=competencies,
        units=(unit,),
    )
    code = f"bimtek-{training.service}-{number}"
    subjects = [NewSubject("substantive", title, 8, unit=unit)]
    cohort = services.open_cohort(type="bimtek", code=code, facts=facts, subjects=subjects, by=by, at=at).pk
    services.take_participants(cohort=cohort, by=by, at=at)
    rows = [NewParticipant(person) for person in staff[:TRAINEES]]
    services.add_participants(cohort=cohort, people=rows, by=by, at=at)
    _teach(cohort, [(facts.first_day, 8), (day, 8)], chance=Random(f"{SEED} {code}"), absent=0.03, by=by)  # noqa: S311
    _mark(cohort, Random(f"{SEED} {code} marks"), low=82, by=by, at=_moment(day, 15))  # noqa: S311
    name, position = head(day)
    meeting = MeetingFacts(held_on=day, chair="Kepala BKPSDM", place="Aula BKPSDM", signer=name, signer_title=position)
    services.hold_meeting(cohort=cohort, facts=meeting, by=by, at=_moment(day, 16))


# --- PKTBT -------------------------------------------------------------------------------------------------------


def _chosen(team: Staff, paths: Mapping[str, str], which: str, logins: Mapping[str, UUID]) -> list[NewParticipant]:
    """Fifty-two people, those of Dukcapil and of puskesmas among them; nobody is in both cohorts."""
    chance = Random(f"{SEED} people")  # noqa: S311
    mine = [person for path, person, kind in team.by_path if kind == "cpns"]
    counters = [
        person
        for code, path in paths.items()
        if code == "dukcapil" or code.startswith("puskesmas-")
        for person in team.of(path)[1:7]
    ]
    others = [person for _path, person, _kind in team.by_path]
    chance.shuffle(others)
    order = [person for person in dict.fromkeys([*mine, *counters, *others]) if person not in logins.values()]
    half = order[0::2] if which == "over" else order[1::2]
    kinds = {person: kind for _path, person, kind in team.by_path}
    rows = [NewParticipant(person, "cpns" if kinds[person] == "cpns" else "agency") for person in half]
    return [
        NewParticipant(row.person, "academy") if number % 9 == 4 and row.origin == "cpns" else row
        for number, row in enumerate(rows)
    ]


def _facts(title: str, first: date, last: date, units: Mapping[str, UUID]) -> CohortFacts:
    service = service_coded("ktp-el", day=first)
    return CohortFacts(
        title=title,
        seats=SEATS,
        first_day=first,
        last_day=last,
        place="Aula BKPSDM, Jalan Merdeka 12",
        service=service.service_id if service else None,
        competencies=("public_service", "communication"),
        units=(units["dukcapil"],),
    )


def _subjects(units: Mapping[str, UUID]) -> list[NewSubject]:
    return [
        NewSubject(part, title, jp, units.get(unit) or None, course, quiz)
        for part, title, jp, unit, course, quiz in SUBJECTS
    ]


def _before_courses(units: Mapping[str, UUID]) -> list[NewSubject]:
    """The same subjects as they were taught before the courses were written."""
    return [replace(subject, course="", quiz="") for subject in _subjects(units)]


def _over(
    units: Mapping[str, UUID], rows: Sequence[NewParticipant], logins: Mapping[str, UUID], *, today: date, by: Actor
) -> None:
    """A cohort of some months ago: marks, one who left, some deferred and one not passed, the meeting with minutes."""
    first, last = today - timedelta(days=150), today - timedelta(days=112)
    at, chance = _moment(first - timedelta(days=10), 9), Random(f"{SEED} over")  # noqa: S311
    facts = _facts("PKTBT Angkatan I", first, last, {"dukcapil": units["dukcapil"]})
    made = services.open_cohort(
        type="pktbt", code="pktbt-1", facts=facts, subjects=_before_courses(units), by=by, at=at
    )
    services.take_participants(cohort=made.pk, by=by, at=at)
    services.add_participants(cohort=made.pk, people=rows[:SEATS], by=by, at=at)
    _duties(made.pk, logins, by=by, at=at)
    _teach(made.pk, [(first + timedelta(days=step), 8) for step in (0, 1, 7, 8, 14, 35)], chance=chance, by=by)
    lines = list(queries.participants_of(by, made))
    services.withdraw(participant=lines[7].id, reason="Pindah tugas ke provinsi", by=by, at=_moment(last, 8))
    _mark(made.pk, chance, low=72, by=by, at=_moment(last, 15))
    signer, title = head(last)
    meeting = MeetingFacts(
        held_on=last + timedelta(days=3),
        chair="Kepala BKPSDM",
        members="Kepala BKPSDM, Kepala Bidang Pengembangan Kompetensi, mentor, coach, dan penguji",
        place="Ruang rapat BKPSDM",
        notes="Nilai dan kehadiran dibacakan satu per satu. Peserta yang ditunda mengikuti perbaikan dalam 30 hari.",
        signer=signer,
        signer_title=title,
    )
    services.hold_meeting(cohort=made.pk, facts=meeting, by=by, at=_moment(meeting.held_on, 11))


def _running(
    units: Mapping[str, UUID],
    rows: Sequence[NewParticipant],
    outside: Sequence[NewParticipant],
    logins: Mapping[str, UUID],
    *,
    at: datetime,
    by: Actor,
) -> None:
    """The cohort of these weeks, in its third: 52 people, the one with a login among them; a session is held now."""
    today = timezone.localdate(at)
    first, last = today - timedelta(days=15), today + timedelta(days=23)
    before, chance = _moment(first - timedelta(days=9), 9), Random(f"{SEED} running")  # noqa: S311
    facts = _facts("PKTBT Angkatan II", first, last, {"dukcapil": units["dukcapil"]})
    made = services.open_cohort(type="pktbt", code="pktbt-2", facts=facts, subjects=_subjects(units), by=by, at=before)
    services.take_participants(cohort=made.pk, by=by, at=before)
    own = [NewParticipant(person, "cpns") for person in [logins[PARTICIPANT.nip]]]
    everybody = [*own, *outside, *rows][:SEATS]
    services.add_participants(cohort=made.pk, people=everybody, by=by, at=before)
    _duties(made.pk, logins, by=by, at=before)
    held = [(first + timedelta(days=step), 8) for step in (0, 1, 7, 8)]
    _teach(made.pk, held, chance=chance, trainer=logins[TRAINER.nip], by=by)
    _plan(made.pk, logins[TRAINER.nip], at=at, by=by)


def _plan(cohort: UUID, trainer: UUID, *, at: datetime, by: Actor) -> None:
    """A session around now and some to come."""
    subjects = [row.pk for row in queries.subjects_of(cohort)]
    now = at.replace(minute=0, second=0, microsecond=0)
    today = timezone.localdate(at)
    times = [(subjects[3], now - timedelta(hours=1), now + timedelta(hours=3))]
    times += [
        (subjects[4], _moment(today + timedelta(days=2), 8), _moment(today + timedelta(days=2), 12)),
        (subjects[5], _moment(today + timedelta(days=6), 8), _moment(today + timedelta(days=6), 15)),
    ]
    rows = [NewSession(subject, start, end, "Aula BKPSDM", trainer) for subject, start, end in times]
    services.plan_sessions(cohort=cohort, sessions=rows, by=by, at=at)


def _duties(cohort: UUID, logins: Mapping[str, UUID], *, by: Actor, at: datetime) -> None:
    """One mentor for the first eight people and for whoever signs in, a coach and an examiner for all."""
    made = queries.cohort_of(cohort)
    if made is None:
        return
    mentor = logins[MENTOR.nip]
    lines = list(queries.participants_of(by, made))
    mine = [row.id for row in lines if row.person == logins[PARTICIPANT.nip]]
    rows = [NewDuty(mentor, "mentor", pk) for pk in dict.fromkeys([*mine, *(row.id for row in lines[:8])])]
    rows += [NewDuty(logins[COACH.nip], "coach"), NewDuty(logins[EXAMINER.nip], "examiner")]
    services.add_duties(cohort=cohort, duties=rows, by=by, at=at)


def _teach(
    cohort: UUID,
    days: Sequence[tuple[date, int]],
    *,
    chance: Random,
    trainer: UUID | None = None,
    absent: float = 0.05,
    by: Actor,
) -> None:
    """It begins, and its sessions are held; some people are missing now and then, two of them often."""
    made = queries.cohort_of(cohort)
    if made is None:
        return
    services.start_cohort(cohort=cohort, by=by, at=_moment(made.first_day, 7))
    subjects = [row.pk for row in queries.subjects_of(cohort)]
    rows = [
        NewSession(subjects[number % len(subjects)], _moment(day, hour), _moment(day, hour + 4), "", trainer)
        for number, (day, hour) in enumerate(days)
    ]
    held = services.plan_sessions(cohort=cohort, sessions=rows, by=by, at=_moment(made.first_day, 7))
    everybody = [row.id for row in queries.participants_of(by, made)]
    for session in held:
        there = [pk for number, pk in enumerate(everybody) if chance.random() > (0.5 if number in (11, 23) else absent)]
        services.note_attendance(session=session.pk, present=there, by=by, at=session.starts_at)


def _mark(cohort: UUID, chance: Random, *, low: int, by: Actor, at: datetime) -> None:
    """Marks as people have them: each has a level of their own, and components differ a little. One is poor."""
    made = queries.cohort_of(cohort)
    if made is None:
        return
    ids = [row.id for row in queries.participants_of(by, made, standing="enrolled")]
    levels = {pk: min(96.0, max(low, chance.gauss(86, 5))) for pk in ids}
    if low < 80 and len(ids) > 20:
        levels[ids[19]], levels[ids[31 % len(ids)]] = 57.0, 66.0
    for component in queries.scheme_of(made).components:
        values = [(pk, Decimal(str(round(min(100, max(0, levels[pk] + chance.gauss(0, 2))), 1)))) for pk in ids]
        services.mark_many(cohort=cohort, component=component.code, values=values, by=by, at=at)

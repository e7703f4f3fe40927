"""Field studies of the running cohort: real cases of the city, pictures of its villages, logbooks, projects."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from lingkar.act.projects import queries as projects
from lingkar.act.projects import services as bettering
from lingkar.act.projects.services import PlannedStep
from lingkar.directory.people.queries import placements_on
from lingkar.directory.places.queries import Village, districts
from lingkar.foundation.access import Actor
from lingkar.grow.fieldwork import services
from lingkar.grow.fieldwork.queries import counted
from lingkar.grow.fieldwork.services import Figure
from lingkar.grow.programmes import queries as programmes
from lingkar.listen.reports.queries import published
from lingkar.site.demo.pictures import photo

SEED = "teluk-kawung field"
COHORT = "pktbt-2"
TOPICS = ("kependudukan", "kesehatan", "saluran", "perizinan", "administrasi")
CASES = 3
VILLAGES = 12
PROFILE = "Profil kelurahan {year} (angka karangan)"
HERE = Path(__file__).parent


@cache
def _told() -> dict[str, list[dict[str, Any]]]:
    with (HERE / "fieldwork.toml").open("rb") as file:
        return tomllib.load(file)


def load_fieldwork(*, by: Actor, at: datetime) -> None:
    """Everything that the field study of the running cohort shows; nothing where no such cohort runs."""
    cohort = programmes.managed(by, text=COHORT).first()
    if cohort is None:
        return
    pictures = _pictures(cohort.id, by, at)
    cases = _cases(by, at)
    guided = _guided(cohort.id, by)
    for number, (participant, _mentor) in enumerate(guided):
        case = cases[number % len(cases)] if cases else None
        picture = pictures[number % len(pictures)] if pictures else None
        services.take_case(participant=participant, case=case, picture=picture, by=by, at=at)
    _logbooks(guided, by=by, at=at)
    _projects(guided, by=by, at=at)


def _cases(by: Actor, at: datetime) -> list[UUID]:
    """Three published reports, about different things, in the words that everybody may read."""
    found: dict[str, Any] = {}
    for report in published().filter(is_anonymous=False, place__isnull=False).exclude(text_shown="")[:200]:
        found.setdefault(report.category.code, report)
    wanted = sorted(found.values(), key=lambda row: (not row.category.code.startswith(TOPICS), row.category.code))
    return [
        services.offer_case(
            key=report.pk,
            words_shown=report.text_shown,
            service=report.service_id,
            place_name=report.place.name,
            happened_on=timezone.localdate(report.received_at),
            by=by,
            at=at,
        ).pk
        for report in wanted[:CASES]
    ]


def _pictures(cohort: UUID, by: Actor, at: datetime) -> list[UUID]:
    """Figures of some villages for everybody, and one page with words, written for this cohort."""
    villages = [village for district in districts() for village in district.villages][:VILLAGES]
    year = timezone.localdate(at).year - 1

    def painted(village: Village, **more: Any) -> UUID:
        told = figures(village.name, year) + counted(by, village.id, at=at)
        return services.paint_picture(place=village.id, year=year, figures=told, by=by, at=at, **more).pk

    return [painted(villages[0], cohort=cohort, **_told()["picture"][0]), *(painted(it) for it in villages[1:])]


def figures(name: str, year: int) -> list[Figure]:
    """Figures of one village that fit one another."""
    chance = Random(f"{SEED} {name}")  # noqa: S311
    people = chance.randrange(2800, 9600)
    homes, source = round(people / chance.uniform(3.4, 4.1)), PROFILE.format(year=year)

    def share(low: float, high: float) -> str:
        return f"{chance.uniform(low, high):.1f}".replace(".", ",")

    rows = (
        ("social", "Penduduk", _grouped(people), "jiwa"),
        ("social", "Kepala keluarga", _grouped(homes), "KK"),
        ("social", "Penduduk 60 tahun ke atas", share(7, 14), "%"),
        ("social", "Keluarga penerima bantuan sosial", _grouped(round(homes * chance.uniform(0.09, 0.24))), "KK"),
        ("economic", "Usaha mikro dan kecil", _grouped(round(homes * chance.uniform(0.08, 0.2))), "usaha"),
        ("economic", "Bekerja sebagai nelayan atau buruh harian", share(12, 38), "%"),
        ("economic", "Jarak ke kantor pelayanan terdekat", share(0.8, 13), "km"),
        ("education", "Anak 7–12 tahun yang bersekolah", share(95, 99.7), "%"),
        ("education", "Penduduk dewasa tamat SMA atau lebih", share(31, 64), "%"),
        ("education", "Rumah tangga dengan akses internet", share(48, 86), "%"),
    )
    return [Figure(side, label, value, unit, source) for side, label, value, unit in rows]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _guided(cohort: UUID, by: Actor) -> list[tuple[UUID, UUID]]:
    """Participants with a mentor, who signs in first, and that mentor's record."""
    made = programmes.cohort_of(cohort)
    rows = programmes.duties_in(by, made) if made else []
    found = [(row.participant, row.person) for row in rows if row.kind == "mentor" and row.participant]
    mine = [pair for pair in found if _login(pair[0], by)]
    return [*mine, *(pair for pair in found if pair not in mine)]


def _login(participant: UUID, by: Actor) -> bool:
    return programmes.participant_for(by, participant).person.account_id is not None


def _moment(at: datetime, ago: int, clock: str) -> datetime:
    """A time of a day in the past, never ahead of now."""
    day = timezone.localdate(at) - timedelta(days=ago)
    return min(timezone.make_aware(datetime.combine(day, time.fromisoformat(clock))), at - timedelta(minutes=30))


def _logbooks(guided: Sequence[tuple[UUID, UUID]], *, by: Actor, at: datetime) -> None:
    for number, row in enumerate(_told()["entry"]):
        if row["who"] >= len(guided):
            continue
        participant, mentor = guided[row["who"]]
        when = _moment(at, row["ago"], row["time"])
        told = {"words": row["words"], "place": row["place"]}
        photos = [photo(row["photo"], seed=f"{SEED} {number}")] if "photo" in row else []
        saved = services.write_entry(
            participant=participant,
            key=uuid5(participant, f"{SEED} {number}"),
            photos=photos,
            phone_at=when - timedelta(minutes=row.get("waited", 0)),
            by=by,
            at=when,
            **told,
        )
        if "said" in row:
            later = min(when + timedelta(hours=5), at - timedelta(minutes=10))
            services.answer(entry=saved.entry, words=row["said"], by=_person(mentor, by, at), at=later)


def _person(person: UUID, by: Actor, at: datetime) -> Actor:
    """Somebody as they act; who has no login is the system."""
    rows = placements_on(timezone.localdate(at)).filter(person=person, person__account__isnull=False)
    account = rows.values_list("person__account", flat=True).first()
    return Actor(agency=by.agency, person=account) if account else by


def _projects(guided: Sequence[tuple[UUID, UUID]], *, by: Actor, at: datetime) -> None:
    for row in _told()["project"]:
        if row["who"] < len(guided):
            _project(row, *guided[row["who"]], by=by, at=at)


def _project(row: Mapping[str, Any], participant: UUID, mentor: UUID, *, by: Actor, at: datetime) -> None:
    begun, today = _moment(at, 5, "15:00"), timezone.localdate(at)
    made = services.begin_project(participant=participant, by=by, at=begun)
    steps = [PlannedStep(title, today + timedelta(days=days)) for title, days, _note, _scene in row["steps"]]
    words = {name: row[name] for name in ("title", "issue", "idea")}
    bettering.write(project=made, steps=steps, by=by, at=begun, **words)
    if row["state"] == "draft":
        return
    bettering.offer(project=made, by=by, at=_moment(at, 4, "16:00"))
    if row["state"] == "offered":
        return
    bettering.agree(project=made, words=row["word"], by=_person(mentor, by, at), at=_moment(at, 4, "17:10"))
    for step, (_title, days, note, scene) in zip(projects.project_seen_by(by, made).steps, row["steps"], strict=True):
        if note:
            _finish(step.pk, note, scene, today + timedelta(days=days), by=by, at=_moment(at, 2, "15:30"))


def _finish(step: UUID, note: str, scene: str, done_on: date, *, by: Actor, at: datetime) -> None:
    proofs = [photo(scene, seed=f"{SEED} {step}")] if scene else []
    bettering.finish_step(step=step, note=note, done_on=done_on, files=proofs, by=by, at=at)

"""Two years of reports: what happens when and where, and what becomes of it. Plain data, no Django.

Everything follows from the seed and today's date. A day off is a day off for officers; citizens write when they like.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate, pairwise
from random import Random
from typing import Protocol

from lingkar.site.demo import truths
from lingkar.site.demo.names import name
from lingkar.site.demo.telling import Topic, tell, told_of, topics, village_facts

SEED = "teluk-kawung"
HOURS = (1, 1, 0, 0, 1, 4, 9, 13, 12, 10, 9, 7, 7, 6, 5, 5, 6, 6, 7, 12, 14, 11, 6, 3)
"""When citizens write, of each hour of the day so many."""
NIGHT_HOURS = (9, 5, 2, 1, 0, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 5, 8, 12, 16, 14)
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")  # fmt: skip
DAYS_OF_WEEK = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class WorkingDays(Protocol):
    """When offices work."""

    def works_on(self, day: date) -> bool: ...


@dataclass(frozen=True)
class World:
    """The days in which all this happens: ``now`` ends them, ``lebaran`` are the days of Idulfitri."""

    now: datetime
    zone: tzinfo
    offices: WorkingDays
    lebaran: tuple[date, ...]
    villages: Mapping[str, str]
    """Village → code of its kecamatan."""
    clinics: Mapping[str, str]
    """Village → code of its puskesmas."""
    schools: Mapping[str, tuple[str, ...]]
    """Village → short names of the schools that its children go to."""
    names: Mapping[str, str]
    """Unit code → what people call it."""
    parents: Mapping[str, str]
    """Unit code → code of the unit above ("" at the top)."""
    centres: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Village → its middle, in degrees."""
    scale: float = 1.0
    home: str = "city"
    """Whose topics are told: the truths are planted in the city alone."""
    count: int = truths.REPORTS
    """Reports at scale 1."""
    seed: str = SEED

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def top(self, unit: str) -> str:
        """The unit at the top above ``unit``."""
        while above := self.parents.get(unit, ""):
            unit = above
        return unit


@dataclass(frozen=True)
class Sent:
    """A report as somebody sent it. ``topic`` and ``unit`` (who should answer in the end) are truths."""

    key: str
    topic: str
    at: datetime
    text: str
    place: str
    location: str = ""
    says_category: bool = False
    about: str = ""
    unit: str = ""
    service: str = ""
    anonymous: bool = False
    secret: bool = False
    name: str = ""
    email: str = ""
    scenes: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    kind: str = ""
    """Which of the things that people say about the topic: the answer fits it."""
    facts: Mapping[str, str] = field(default_factory=dict)


# --- when and where -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """Something is to be reported: about what, on which day, where; ``unit`` where the truths name one."""

    topic: Topic
    day: date
    village: str
    unit: str = ""
    spot: int = 0
    """Reports of one happening share a spot: its number, 0 for a spot of their own."""
    hour: float = -1


def moments(world: World) -> list[Moment]:
    """Everything that is reported in the two years, in no order."""
    found = [*_happenings(world), *_planted(world)] if world.home == "city" else []
    rest = max(0, round(world.count * world.scale) - len(found))
    usual = [topic for topic in told_of(world.home) if topic.weight]
    whole = sum(topic.weight for topic in usual)
    for topic, count in zip(usual, _shared(rest, [t.weight / whole for t in usual]), strict=True):
        found += _usual(topic, count, world)
    return found


def _shared(total: int, shares: Sequence[float]) -> list[int]:
    """Whole numbers that add up to ``total``, in these shares."""
    marks = [round(total * part) for part in accumulate(shares)]
    return [after - before for before, after in zip([0, *marks], marks, strict=False)]


def _usual(topic: Topic, count: int, world: World) -> Iterator[Moment]:
    chance = Random(f"{world.seed} {topic.code}")  # noqa: S311
    days = _days(world)
    chosen = chance.choices(days, [_busy(topic, day, world) for day in days], k=count)
    villages, weights = zip(*((village, topic.places.get(village, 1)) for village in world.villages), strict=True)
    for day in chosen:
        yield Moment(topic, day, chance.choices(villages, weights)[0])


def _planted(world: World) -> Iterator[Moment]:
    """Complaints of units that are compared: spread so evenly that their truth shows."""
    for topic in topics().values():
        if topic.planted:
            plan = truths.TRAININGS[topic.planted]
            for unit in plan.trained:
                yield from _of_unit(topic, plan, unit, world)


def _of_unit(topic: Topic, plan: truths.Training, unit: str, world: World) -> Iterator[Moment]:
    chance = Random(f"{SEED} {plan.code} {unit}")  # noqa: S311
    villages = _villages_of(unit, world)
    saved = chance.random()
    for day in _days(world):
        saved += plan.rate / truths.MONTH * plan.left(unit, day, world.today) * _common(day, world) * world.scale
        saved += chance.gauss(0, 0.02)
        while saved >= 1:
            saved -= 1
            yield Moment(topic, day, chance.choice(villages), unit)


def _villages_of(unit: str, world: World) -> list[str]:
    served = [v for v, clinic in world.clinics.items() if clinic == unit]
    return served or [v for v, top in world.villages.items() if top == unit] or list(world.villages)


def _happenings(world: World) -> Iterator[Moment]:
    for number, event in enumerate(truths.HAPPENINGS, start=1):
        chance = Random(f"{SEED} event {number}")  # noqa: S311
        begun = world.today - timedelta(days=event.days_ago)
        for _ in range(max(2, round(event.count * min(world.scale, 1)))):
            hour = 5 + event.hours * chance.random() ** 1.6
            day = min(begun + timedelta(days=int(hour // 24)), world.today)
            yield Moment(topics()[event.topic], day, event.village, spot=number, hour=hour % 24)


def _days(world: World) -> list[date]:
    return [world.today - timedelta(days=ago) for ago in range(truths.DAYS - 1, -1, -1)]


def _busy(topic: Topic, day: date, world: World) -> float:
    """How much of a topic comes on a day, beside others of the same topic."""
    busy = _common(day, world) * truths.SEASONS.get(topic.season, {}).get(day.month, 1.0)
    if topic.season == "lebaran" and any(0 <= (day - feast).days <= 10 for feast in world.lebaran):
        busy *= truths.LEBARAN_RUBBISH
    if topic.season == "night":
        busy *= truths.NIGHT_WEEKENDS if day.weekday() >= 4 else 1.0
    elif topic.service and not world.offices.works_on(day):
        busy *= 0.15 if day.weekday() < 5 else 0.5
    return busy


def _common(day: date, world: World) -> float:
    """What holds for every topic: growth over the years, weekdays."""
    passed = 1 - (world.today - day).days / truths.DAYS
    weekday = truths.MONDAYS if day.weekday() == 0 else truths.WEEKENDS if day.weekday() > 4 else 1.0
    return (1 + truths.GROWTH * passed) * weekday


# --- what is written ----------------------------------------------------------------------------------------------


def reports(world: World) -> list[Sent]:
    """Every report in the order in which it came in."""
    ordered = sorted(_timed(world), key=lambda pair: pair[0])
    spots: dict[int, dict[str, str]] = {}
    sent = [_told(number, at, moment, world, spots) for number, (at, moment) in enumerate(ordered, start=1)]
    return _with_copies(_all_different(sent, world), world)


def _timed(world: World) -> Iterator[tuple[datetime, Moment]]:
    chance = Random(f"{world.seed} hours")  # noqa: S311
    latest = world.now - timedelta(minutes=35)
    taken: set[datetime] = set()
    for moment in moments(world):
        if moment.hour >= 0:
            hour, minute = int(moment.hour), int(moment.hour % 1 * 60)
        else:
            weights = NIGHT_HOURS if moment.topic.season == "night" else HOURS
            hour, minute = chance.choices(range(24), weights)[0], chance.randrange(60)
        at = datetime.combine(moment.day, time(hour, minute, chance.randrange(60)), world.zone)
        if at > latest:
            at = latest - timedelta(minutes=chance.randrange(5, 300))
        while at in taken:
            at += timedelta(seconds=1)
        taken.add(at)
        yield at, moment


def _told(number: int, at: datetime, moment: Moment, world: World, spots: dict[int, dict[str, str]]) -> Sent:
    chance = Random(f"{world.seed} {number} {moment.topic.code}")  # noqa: S311
    topic, unit = moment.topic, moment.unit or UNITS.get(moment.topic.code, "")
    facts = spots.get(moment.spot) or _facts(moment, at.date(), world, chance)
    office = _office(moment, world, chance)
    told = tell(topic, facts | office, chance, is_again=chance.random() < 0.04)
    if moment.spot and moment.spot not in spots:
        spots[moment.spot] = facts | {"spot": told.spot}
    anonymous = chance.random() < (0.55 if topic.sealed else 0.12)
    secret = chance.random() < (0.12 if topic.sealed else 0.07)
    named = not anonymous and chance.random() < 0.3
    person = name(chance)
    return Sent(
        key=f"{world.home}-{number}",
        topic=topic.code,
        at=at,
        text=told.text,
        place=moment.village,
        location=_location(told.spot, office, topic, chance),
        about=_about(topic, office, world, chance),
        unit=unit,
        service=topic.service,
        anonymous=anonymous,
        secret=secret and not anonymous,
        name=person.full if named else "",
        email=f"{person.call.lower()}.{number}@contoh.id" if named and chance.random() < 0.7 else "",
        scenes=topic.photo if topic.photo and chance.random() < 0.42 else (),
        point=_point(moment, world, chance),
        kind=told.kind,
        facts=facts | office | {"spot": told.spot},
    )


NEAR, FAR = 0.0002, 0.0022
"""Degrees around the spot of a happening (20 m), and within a village (240 m)."""


def _point(moment: Moment, world: World, chance: Random) -> tuple[float, float] | None:
    """Where the phone was, if it was asked; reports of one happening lie close together."""
    if moment.topic.service or moment.village not in world.centres or chance.random() > (0.8 if moment.spot else 0.4):
        return None
    latitude, longitude = world.centres[moment.village]
    wide = FAR
    if moment.spot:
        shared = Random(f"{SEED} spot {moment.spot}")  # noqa: S311
        latitude, longitude = latitude + shared.uniform(-FAR, FAR), longitude + shared.uniform(-FAR, FAR)
        wide = NEAR
    return latitude + chance.uniform(-wide, wide), longitude + chance.uniform(-wide, wide)


UNITS = {"rsud": "rsud", "lubang": "binamarga", "jembatan": "binamarga"}
"""Who should answer in the end, where it is not the unit of the category."""
OFFICES = ("pendaftaran", "dpmptsp", "dishub", "disdik", "rsud")


def _facts(moment: Moment, day: date, world: World, chance: Random) -> dict[str, str]:
    month = MONTHS[(day.month - 2) % 12]
    schools = world.schools.get(moment.village, ("SDN 01", "SMPN 1"))
    return village_facts(moment.village, chance) | {
        "bulan_lalu": month,
        "tingkat": "kot" if world.home == "city" else "kab",
        "sd": next(school for school in schools if school.startswith("SDN")),
        "smp": next(school for school in schools if school.startswith("SMPN")),
    }


def _office(moment: Moment, world: World, chance: Random) -> dict[str, str]:
    """The counter that is meant: a puskesmas, a district or village office, some other office."""
    clinic = moment.unit if moment.unit.startswith("puskesmas") else world.clinics[moment.village]
    office = {"pkm": world.names[clinic]}
    if moment.unit.startswith("kec-"):
        chosen = moment.unit if chance.random() < 0.5 else f"kel-{slug(moment.village)}"
    elif moment.topic.sealed and chance.random() < 0.6:
        chosen = chance.choice(OFFICES)
    else:
        chosen = f"kel-{slug(moment.village)}" if chance.random() < 0.6 else world.villages[moment.village]
    return office | {"kantor": world.names[chosen], "office": chosen}


def slug(text: str) -> str:
    """A name as it stands in a unit's code."""
    return text.lower().replace(" ", "-")


AT_COUNTERS = {"rawat-jalan": "pkm", "surat-kelurahan": "kantor"}


def _location(spot: str, office: Mapping[str, str], topic: Topic, chance: Random) -> str:
    if topic.service:
        return office.get(AT_COUNTERS.get(topic.service, ""), "") if chance.random() < 0.6 else ""
    if topic.category in ("usul", "informasi", "lainnya", "bansos"):
        return spot if chance.random() < 0.25 else ""
    return spot if chance.random() < 0.85 else ""


def _about(topic: Topic, office: Mapping[str, str], world: World, chance: Random) -> str:
    if topic.code in ("pungli", "perilaku") and office["office"] in world.parents and chance.random() < 0.55:
        return office["office"]
    return ""


def _all_different(sent: list[Sent], world: World) -> list[Sent]:
    """No text stands twice: a second one says when, as people do."""
    seen: set[str] = set()
    rows = []
    for row in sent:
        turn = 0
        while row.text.casefold() in seen:
            row, turn = replace(row, text=_said_otherwise(row, turn, world)), turn + 1
        seen.add(row.text.casefold())
        rows.append(row)
    return rows


def _said_otherwise(row: Sent, turn: int, world: World) -> str:
    day = row.at.astimezone(world.zone)
    street, mark, week = row.facts["street"], row.facts["mark"], DAYS_OF_WEEK[day.weekday()].lower()
    ends = (
        f", {row.place.lower()}",
        f" ({street})",
        f", dekat {mark}",
        f". kejadian {week} tgl {day.day}",
        f" {day.day}/{day.month}",
        f", {street} {row.place} tgl {day.day}/{day.month} jam {day.hour}.{day.minute:02}",
    )
    return f"{row.text.rstrip('.?! ')}{ends[min(turn, len(ends) - 1)]}"


def _with_copies(sent: list[Sent], world: World) -> list[Sent]:
    """Some texts were passed on and sent again, word for word, by somebody else within two days."""
    if world.home != "city":
        return sent
    chance = Random(f"{SEED} copies")  # noqa: S311
    pairs = [(a, b) for a, b in pairwise(sent) if not topics()[b.topic].planted]
    fit = [(a, b) for a, b in pairs if a.topic not in ("ppdb", "rsud") and not topics()[a.topic].planted]
    changed = {}
    for a, b in chance.sample(fit, min(len(fit), round(truths.COPIES * min(world.scale, 1)))):
        if a.key not in changed and b.key not in changed:
            same = replace(
                a, key=b.key, at=b.at, point=None, anonymous=b.anonymous, secret=b.secret, name=b.name, email=b.email
            )
            changed[b.key] = replace(same, scenes=())
    return [changed.get(row.key, row) for row in sent]

"""The civil servants of the demo: positions, people with numbers valid in form, where they worked. Plain, no Django.

Nobody here is real; names and numbers are made by chance from a seed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lingkar.site.demo.names import name, printed
from lingkar.site.demo.posts import SIZES, Post, head_of, posts_of
from lingkar.site.demo.tree import UnitRow

SEED = "teluk-kawung staff"
PEOPLE = 1200
"""Civil servants at scale 1."""


@dataclass(frozen=True)
class PositionRow:
    """A position of a unit as it is recorded."""

    code: str
    unit: str
    post: Post
    leads: bool
    seats: int


@dataclass(frozen=True)
class Spell:
    """An earlier placement, both days included."""

    unit: str
    title: str
    since: date
    until: date


@dataclass(frozen=True)
class StaffRow:
    """A civil servant and where they work: unit and position by code."""

    kind: str
    nip: str
    name: str
    sex: str
    birth_place: str
    birth_date: date
    golongan: str
    education: str
    email: str
    phone: str
    unit: str
    position: str
    title: str
    since: date
    earlier: tuple[Spell, ...] = ()


@dataclass(frozen=True)
class Crew:
    """Everybody and every position of one government."""

    positions: tuple[PositionRow, ...]
    people: tuple[StaffRow, ...]


@dataclass(frozen=True)
class Known:
    """Somebody with an account: their name, number and unit are given."""

    name: str
    nip: str
    unit: str
    email: str


def crew(units: Sequence[UnitRow], known: Iterable[Known], *, today: date, scale: float, agency: str) -> Crew:
    """Positions of every unit, a head for each, and people in them; ``known`` are among them."""
    maker = _Maker(units, today, agency)
    for person in known:
        maker.add_known(person)
    whole = sum(1 + SIZES[unit.kind] for unit in units)
    for unit in units:
        count = round((1 + SIZES[unit.kind]) * PEOPLE * scale / whole) if agency == "teluk-kawung" else 0
        count = count or (2 if agency != "teluk-kawung" and scale >= 1 else 0)
        maker.fill(unit, count)
    return Crew(tuple(maker.positions.values()), tuple(maker.people))


class _Maker:
    """Makes positions as they are needed, and somebody in each."""

    def __init__(self, units: Sequence[UnitRow], today: date, agency: str) -> None:
        self.units = {unit.code: unit for unit in units}
        self.today, self.agency = today, agency
        self.positions: dict[str, PositionRow] = {}
        self.people: list[StaffRow] = []
        self.numbers: set[str] = set()
        self.led: set[str] = set()

    def top(self, unit: str) -> str:
        while self.units[unit].parent:
            unit = self.units[unit].parent
        return unit

    def add_known(self, person: Known) -> None:
        """Somebody with a login: the Sekda leads, the others hold a post of their unit."""
        unit, chance = self.units[person.unit], Random(f"{SEED} {person.nip}")  # noqa: S311
        leads = unit.kind == "secretariat" and person.email.startswith("pimpinan")
        post = head_of(unit) if leads else self._post(unit, chance)
        birth, sex = _birth_of(person.nip), "male" if person.nip[14] == "1" else "female"
        row = self._row(unit, post, leads, chance, kind="pns", nip=person.nip, bare=person.name, sex=sex, birth=birth)
        self.people.append(StaffRow(**{**vars(row), "email": person.email}))

    def fill(self, unit: UnitRow, count: int) -> None:
        """``count`` people, the head first."""
        chance = Random(f"{SEED} {self.agency} {unit.code}")  # noqa: S311
        for number in range(count):
            leads = number == 0 and unit.code not in self.led
            post = head_of(unit) if leads else self._post(unit, chance)
            self.people.append(self._row(unit, post, leads, chance))

    def _post(self, unit: UnitRow, chance: Random) -> Post:
        posts = posts_of(unit, self.top(unit.code))
        return chance.choices(posts, [post.share for post in posts])[0]

    def _row(self, unit: UnitRow, post: Post, leads: bool, chance: Random, **given: object) -> StaffRow:
        kind = str(given.get("kind") or _kind(post, leads, chance))
        sex = str(given.get("sex") or chance.choices(("male", "female"), (40, 60))[0])
        bare = str(given.get("bare") or name(chance, "m" if sex == "male" else "f").full)
        birth, start = _days(kind, post, leads, self.today, chance)
        birth = given.get("birth") or birth  # type: ignore[assignment]
        nip = str(given.get("nip") or self._number(kind, birth, start, sex, chance))
        if "nip" in given:
            start = date(int(nip[8:12]), int(nip[12:14]), 1)
        since, earlier = self._career(unit, post, leads, start, chance)
        mail = "".join(c for c in bare.lower() if c.isalpha() or c == " ").split()
        return StaffRow(
            kind=kind,
            nip=nip,
            name=printed(bare, post.schooling, chance),
            sex=sex,
            birth_place=chance.choice(BIRTH_PLACES),
            birth_date=birth,
            golongan=_grade(kind, post, leads, start, self.today, chance),
            education=EDUCATION[post.schooling],
            email=f"{'.'.join(mail[:2])}.{nip[-3:]}{nip[2:4]}@{self.agency}.example",
            phone=f"08{chance.choice(('12', '13', '21', '52'))}5555{chance.randint(1000, 9999)}",
            unit=unit.code,
            position=self._position(unit, post, leads),
            title=post.title,
            since=since,
            earlier=earlier,
        )

    def _number(self, kind: str, birth: date, start: date, sex: str, chance: Random) -> str:
        middle = f"{start:%Y%m}" if kind in ("pns", "cpns") else f"{start.year}{chance.choice((21, 21, 22))}"
        while True:
            serial = chance.randint(1, 60 if kind in ("pns", "cpns") else 400)
            found = f"{birth:%Y%m%d}{middle}{'1' if sex == 'male' else '2'}{serial:03}"
            if found not in self.numbers:
                self.numbers.add(found)
                return found

    def _position(self, unit: UnitRow, post: Post, leads: bool) -> str:
        code = f"{unit.code}-{_short(post.title, leads)}"[:60].rstrip("-")
        held = self.positions.get(code)
        self.positions[code] = PositionRow(
            code, unit.code, post, leads, 1 if leads else (held.seats + 1 if held else 1)
        )
        if leads:
            self.led.add(unit.code)
        return code

    def _career(
        self, unit: UnitRow, post: Post, leads: bool, start: date, chance: Random
    ) -> tuple[date, tuple[Spell, ...]]:
        """When the present post began, and what came before: heads rotate, teachers stay."""
        founded = date(2020, 1, 1)
        first = max(start, founded)
        if (self.today - first).days < 700 or (unit.kind == "school" and chance.random() < 0.75):
            return first, ()
        if chance.random() > (0.85 if leads else 0.38):
            return first, ()
        turn = first + timedelta(days=chance.randint(300, (self.today - first).days - 120))
        turn = turn.replace(day=1)
        before = self._before(unit, post, leads, chance)
        return turn, (Spell(*before, first, turn - timedelta(days=1)),)

    def _before(self, unit: UnitRow, post: Post, leads: bool, chance: Random) -> tuple[str, str]:
        """Another unit of the same sort, or of the same office, and the title there."""
        like = [u for u in self.units.values() if u.kind == unit.kind and u.code != unit.code]
        if unit.kind in ("secretariat", "inspectorate", "hospital", "council_secretariat") or not like:
            like = [u for u in self.units.values() if u.kind in ("office", "section")]
        other = chance.choice(like)
        return other.code, head_of(other).title if leads else post.title


def _short(title: str, leads: bool) -> str:
    if leads:
        return "kepala"
    return "-".join(word.lower() for word in title.replace("/", " ").split() if word.isalpha())[:44]


def _kind(post: Post, leads: bool, chance: Random) -> str:
    if leads or post.echelon or post.level in ("ahli_muda", "ahli_madya"):
        return "pns"
    if post.kind == "executive":
        return chance.choices(("pns", "cpns", "pppk", "pppk_part_time"), (44, 7, 24, 25))[0]
    return chance.choices(("pns", "cpns", "pppk"), (52, 9, 39))[0]


AGES = {"jpt_pratama": (47, 58), "administrator": (41, 56), "supervisor": (34, 54)}


def _days(kind: str, post: Post, leads: bool, today: date, chance: Random) -> tuple[date, date]:
    """Birth and first day of service, so that both are plausible today."""
    low, high = AGES.get(post.kind, (44, 57) if leads else (24, 56))
    if kind == "cpns":
        low, high = 22, 34
    elif kind == "pppk_part_time":
        low, high = 26, 54
    age = chance.randint(low, high)
    birth = date(today.year - age, chance.randint(1, 12), chance.randint(1, 28))
    if kind == "cpns":
        return birth, date(today.year - (1 if chance.random() < 0.6 else 0), chance.choice((3, 4, 5)), 1)
    if kind in ("pppk", "pppk_part_time"):
        return birth, date(today.year - chance.randint(0 if kind == "pppk_part_time" else 1, 3), 3, 1)
    began = chance.randint(22, min(34, age - (10 if leads else 2)))
    return birth, date(birth.year + began + 1, chance.choice((1, 3, 4, 12)), 1)


def _birth_of(nip: str) -> date:
    return date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))


PNS_STARTS = {"slta": 4, "d3": 6, "perawat": 6, "farmasi": 8, "s1": 8, "guru": 8, "dokter": 9, "spesialis": 9,
              "s2": 8, "praja": 8}  # fmt: skip
GRADES = ("I/a", "I/b", "I/c", "I/d", "II/a", "II/b", "II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a",
          "IV/b", "IV/c", "IV/d", "IV/e")  # fmt: skip
LEAST = {"jpt_pratama": 13, "administrator": 11, "supervisor": 9}
BY_LEVEL = {"ahli_pertama": (8, 9), "ahli_muda": (10, 11), "ahli_madya": (12, 14), "terampil": (6, 7), "mahir": (8, 9)}
PPPK_GRADES = {"slta": "V", "d3": "VII", "perawat": "VII", "farmasi": "IX", "s1": "IX", "guru": "IX", "dokter": "X",
               "spesialis": "X", "s2": "X", "praja": "IX"}  # fmt: skip


def _grade(kind: str, post: Post, leads: bool, start: date, today: date, chance: Random) -> str:
    if kind in ("pppk", "pppk_part_time"):
        return PPPK_GRADES[post.schooling]
    if kind == "cpns":
        return GRADES[PNS_STARTS[post.schooling]]
    if post.level in BY_LEVEL:
        low, high = BY_LEVEL[post.level]
        return GRADES[chance.randint(low, high)]
    risen = PNS_STARTS[post.schooling] + (today.year - start.year) // 4
    return GRADES[min(max(risen, LEAST.get(post.kind, 0)), 14 if leads else 11)]


EDUCATION = {
    "slta": "SMA/SMK sederajat", "d3": "Diploma III", "s1": "Sarjana", "s2": "Magister", "guru": "Sarjana Pendidikan",
    "dokter": "Profesi Dokter", "spesialis": "Dokter Spesialis", "perawat": "Diploma III Keperawatan/Kebidanan",
    "farmasi": "Profesi Apoteker", "praja": "Sarjana Terapan Pemerintahan",
}  # fmt: skip
BIRTH_PLACES = ("Teluk Kawung", "Teluk Kawung", "Teluk Kawung", "Kawung Hulu", "Tanjung Rengas", "Rawa Bening",
                "Seberang Kuala", "Pulau Damar", "Muara Lestari")  # fmt: skip
"""Invented, like everything else."""

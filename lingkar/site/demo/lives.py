"""What becomes of a report: who takes it up when, what is answered, what its reporter says. Plain data, no Django."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from lingkar.site.demo import truths
from lingkar.site.demo.telling import Teller, common, topics
from lingkar.site.demo.truths import TEMPERS, Temper
from lingkar.site.demo.years import HOURS, Sent, World


@dataclass(frozen=True)
class Routed:
    """Where the product sent it: category, answering unit, whether it is sealed."""

    category: str
    unit: str
    is_sealed: bool


@dataclass(frozen=True)
class Act:
    """One thing done to a case; ``role`` of ``unit`` does it ("": the reporter)."""

    kind: str
    at: datetime
    unit: str = ""
    role: str = ""
    text: str = ""
    to: str = ""
    rating: int = 0
    scenes: tuple[str, ...] = ()


class Life:
    """What happens to one report after it came in, as far as today reaches."""

    def __init__(self, sent: Sent, routed: Routed, target: str, category: str, world: World) -> None:
        self.sent, self.routed, self.world = sent, routed, world
        self.target, self.category = target, category
        self.topic = topics()[sent.topic]
        self.chance = Random(f"{world.seed} life {sent.key}")  # noqa: S311
        self.teller = Teller(self.chance, dict(sent.facts), sent.kind)
        self.unit, self.at = routed.unit, sent.at
        self.acts: list[Act] = []

    def lived(self) -> list[Act]:
        """Every act until now, in the order of time."""
        self._sealed() if self.routed.is_sealed else self._open()
        known = [act for act in self.acts if act.at <= self.world.now - timedelta(minutes=20)]
        return known if len(known) == len(self.acts) else self.acts[: len(known)]

    # time

    @property
    def temper(self) -> Temper:
        unit = self.unit if self.unit in TEMPERS else self.world.top(self.unit)
        return TEMPERS.get(unit, TEMPERS["setda"])

    def _slowness(self) -> float:
        temper = self.temper
        return temper.late if self.at.astimezone(self.world.zone).month in temper.late_months else 1.0

    def _work(self, days: float) -> None:
        """Let about so many working days pass; the moment then is in office hours."""
        days *= self._slowness() * self.chance.lognormvariate(0, 0.55)
        local = self.at.astimezone(self.world.zone)
        day, left = local.date(), int(days)
        if left == 0 and self.world.offices.works_on(day) and local.hour < 14:
            moment = local + timedelta(minutes=self.chance.randint(25, 110))
            if moment.hour >= 8:
                self.at = moment.replace(second=self.chance.randrange(60))
                return
        left = max(left, 1)
        while left:
            day += timedelta(days=1)
            left -= self.world.offices.works_on(day)
        clock = time(self.chance.randint(8, 15), self.chance.randrange(60), self.chance.randrange(60))
        self.at = max(datetime.combine(day, clock, self.world.zone), self.at + timedelta(minutes=7))

    def _soon(self, low: int = 4, high: int = 50) -> None:
        self.at += timedelta(minutes=self.chance.randint(low, high), seconds=self.chance.randrange(60))

    def _rest(self, days: float) -> None:
        """The reporter takes their time, at any hour."""
        passed = timedelta(days=days * self.chance.random(), minutes=self.chance.randint(30, 600))
        moment = (self.at + passed).astimezone(self.world.zone)
        hour = self.chance.choices(range(24), HOURS)[0]
        later = moment.replace(hour=hour, minute=self.chance.randrange(60))
        self.at = max(later, self.at + timedelta(minutes=11))

    def _do(self, kind: str, role: str = "officer", **what: object) -> None:
        self.acts.append(Act(kind, self.at, self.unit if role else "", role, **what))  # type: ignore[arg-type]

    # words

    def _answer(self, kind: str, *, late: bool = False) -> str:
        lines = [self.teller.answer(self.topic.says[kind])]
        if late:
            lines.insert(0, self.teller.one_of(common("officers", "sorry")))
        elif (
            kind == "reply" and self.chance.random() < 0.4 and not lines[0].startswith(("Kami m", "Mohon m", "Terima"))
        ):
            lines.insert(0, self.teller.one_of(common("officers", "hello")))
        return " ".join(line for line in lines if line)

    # courses

    def _open(self) -> None:
        self._to_target()
        temper = self.temper
        if self.chance.random() < temper.ignored:
            self._neglected()
            return
        self._work(temper.first)
        self._handled()

    def _to_target(self) -> None:
        if self.unit == self.target or not self.target:
            if self.routed.category != self.category:
                self._work(0.7)
                self._recategorised()
            return
        strayed = self.world.top(self.unit) != self.world.top(self.target)
        self._work(0.7)
        self.teller.facts["to"] = self.world.names[self.target]
        words = self.teller.one_of(common("officers", "refer"))
        self._do("referred", "coordinator" if strayed else "officer", text=words, to=self.target)
        self.unit = self.target
        self._recategorised()

    def _recategorised(self) -> None:
        if self.routed.category != self.category:
            self._soon()
            self._do("recategorised", to=self.category, text=self.chance.choice(RECATEGORISED))

    def _neglected(self) -> None:
        """Nobody takes it up: still open, or taken up after months."""
        age = (self.world.now - self.sent.at).days
        if self.chance.random() < 0.4 and not self.sent.secret:
            self._work(2)
            self._do("published", "coordinator")
        if age < 120 or (self.unit.startswith("kec-kawung-hulu") and self.chance.random() < 0.3):
            return
        self._work(self.chance.uniform(35, 60))
        self._handled(late=True)

    def _handled(self, *, late: bool = False) -> None:
        late = late or (self.at - self.sent.at).days > 11
        if self.topic.handover:
            to = self.topic.handover[self.chance.randrange(len(self.topic.handover))]
            self._do("handed_over", to=to, text=self._answer("reply"))
            self._published()
            return
        accepted = self.chance.random() < 0.8
        if accepted:
            self._do("accepted")
            self._soon()
        self._published()
        self._noted()
        if not accepted or self.chance.random() < 0.7:
            if accepted:
                self._work(0.8)
            self._do("reply", text=self._answer("reply", late=late))
        if self.chance.random() < 0.95 or (self.world.now - self.sent.at).days > 150:
            self._work(self.temper.done)
            self._closed("close")
            self._afterwards()

    def _published(self) -> None:
        published = any(act.kind == "published" for act in self.acts)
        if self.sent.secret or published or self.chance.random() > self.temper.publishes:
            return
        self._soon(10, 45)
        self._do("published")

    def _noted(self) -> None:
        if self.topic.says["note"] and self.chance.random() < 0.22:
            self._soon()
            self._do("note", text=self._answer("note"))

    def _closed(self, kind: str) -> None:
        text = self._answer(kind) if self.topic.says[kind] else self._answer("reply")
        self._do("closed", text=text, scenes=(self.chance.choice(self.topic.proof),))

    def _afterwards(self) -> None:
        """The reporter's turn: a rating, another go, or silence."""
        if self.chance.random() > truths.RATED * (0.5 if self.sent.anonymous else 1.0):
            return
        mark = round(self.chance.gauss(self.temper.rating, 1.15))
        mark = min(5, max(1, mark))
        self._rest(6)
        self._rated(mark)
        if mark <= 2 and self.chance.random() < truths.REOPENED_OF_BAD:
            self._again()

    def _rated(self, mark: int) -> None:
        words = common("rated", ("one", "two", "three", "four", "five")[mark - 1])
        text = self.teller.one_of(words) if self.chance.random() < 0.62 else ""
        self._do("rated", "", rating=mark, text=text if self.chance.random() < 0.6 else text.lower().rstrip("."))

    def _again(self) -> None:
        self._soon(1, 9)
        self._do("reopened", "", text=self.teller.one_of(common("reopened", "say")))
        self._work(self.temper.first)
        self._do("accepted")
        self._soon()
        self._do("reply", text=self.teller.one_of(common("reopened", "again")))
        self._work(self.temper.done * 0.7)
        done = self.teller.one_of(common("reopened", "done"))
        self._do("closed", text=done, scenes=(self.chance.choice(self.topic.proof),))
        if self.chance.random() < 0.5:
            self._rest(6)
            self._rated(self.chance.choice((3, 4, 4, 5, 5)))

    def _sealed(self) -> None:
        if not self.topic.sealed:
            self._unsealed()
            return
        self._work(self.temper.first)
        self._do("accepted", "inspector")
        if self.chance.random() < 0.55:
            self._soon()
            self._do("note", "inspector", text=self._answer("note"))
        if self.chance.random() < 0.75:
            self._work(1.5)
            self._do("reply", "inspector", text=self._answer("reply"))
        if self.chance.random() < 0.93 or (self.world.now - self.sent.at).days > 200:
            self._work(self.temper.done)
            self._do("closed", "inspector", text=self._answer("close"), scenes=("surat",))
            if self.chance.random() < 0.25:
                self._rest(6)
                self._rated(min(5, max(1, round(self.chance.gauss(3.9, 1.1)))))

    def _unsealed(self) -> None:
        """An inspector sees that it is no case for the seal."""
        self._work(0.8)
        words = self.chance.choice(UNSEALED)
        self._do("unsealed", "inspector", text=words, to=self.target)
        self.unit = self.target
        self._recategorised()
        self._work(self.temper.first)
        self._handled()


SORRY = ("Kami m", "Mohon m", "Terima")
"""How an answer begins that needs no greeting."""
UNSEALED = (
    "Bukan perkara pegawai. Ditangani unit teknis.",
    "Kata-katanya keras, tetapi isinya keluhan layanan biasa.",
    "Tidak ada nama orang; boleh dibuka.",
    "Sudah dibaca, tidak perlu disegel.",
)
RECATEGORISED = (
    "Kategori kami sesuaikan dengan isi laporan.",
    "Isi laporan lebih sesuai dengan kategori ini.",
    "Kami pindahkan agar ditangani bagian yang tepat.",
)

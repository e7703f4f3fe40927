"""Make a text from sentence plans (``words/*.toml``): ``[a|b]`` is a choice, ``{slot}`` is filled. Plain, no Django."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from lingkar.site.demo.names import name
from lingkar.site.demo.voices import VOICES, Voice, written

WORDS = Path(__file__).parent / "words"
CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)(?::(\d+)(?:-(\d+))?)?\}")
TOPIC_FILES = ("streets", "offices", "people", "marsh")


@cache
def _file(name: str) -> dict[str, Any]:
    with (WORDS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Topic:
    """Something people report: what they say, what is answered, and why it arises (``cause``, a truth of the demo)."""

    code: str
    category: str
    cause: str
    weight: int
    says: dict[str, tuple[str, ...]]
    season: str = ""
    service: str = ""
    planted: str = ""
    photo: tuple[str, ...] = ()
    proof: tuple[str, ...] = ("surat",)
    handover: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    sealed: bool = False


@cache
def topics() -> dict[str, Topic]:
    """Every topic by its code."""
    rows = [row for name in TOPIC_FILES for row in _file(name)["topic"]]
    return {row["code"]: _topic(row) for row in rows}


def told_of(home: str) -> list[Topic]:
    """The topics of one government: ``marsh`` of Rawa Bening, ``city`` of Teluk Kawung."""
    of_the_marsh = {row["code"] for row in _file("marsh")["topic"]}
    return [topic for topic in topics().values() if (topic.code in of_the_marsh) == (home == "marsh")]


def _topic(row: dict[str, Any]) -> Topic:
    texts = ("core", "more", "ask", "short", "melayu", "jawa", "banjar", "reply", "close", "note")
    return Topic(
        code=row["code"],
        category=row["category"],
        cause=row["cause"],
        weight=row["weight"],
        says={kind: _lines(row.get(kind, "")) for kind in texts},
        season=row.get("season", ""),
        service=row.get("service", ""),
        planted=row.get("planted", ""),
        photo=tuple(row.get("photo", ())),
        proof=tuple(row.get("proof", ("surat",))),
        handover=tuple(row.get("handover", ())),
        places=row.get("places", {}),
        sealed=row.get("sealed", False),
    )


def common(*path: str) -> tuple[str, ...]:
    """Lines that fit every topic: ``common("rated", "five")``."""
    found: Any = _file("city")
    for part in path:
        found = found[part]
    return _lines(found)


@dataclass
class Teller:
    """Fills the plans of one story: what was once said of its spot or street stays so."""

    chance: Random
    facts: dict[str, str]
    """Slots that are the same throughout the story: the village, the street, the puskesmas."""
    kind: str = ""

    def say(self, plan: str) -> str:
        """One line of a plan as a sentence."""
        text = plan
        while CHOICE.search(text) or SLOT.search(text):
            text = CHOICE.sub(lambda hit: self.chance.choice(hit[1].split("|")), text)
            text = SLOT.sub(self._slot, text)
        text = re.sub(r"\s+([.,!?])", r"\1", re.sub(r"  +", " ", re.sub(r"\bdi di\b", "di", text))).strip()
        text = re.sub(r"(?<!Yth)([.!?]) ([a-z])", lambda hit: f"{hit[1]} {hit[2].upper()}", text)
        return text[:1].upper() + text[1:]

    def core(self, lines: tuple[str, ...]) -> str:
        """What it is about, filled; what is said besides must fit its ``#kind``."""
        line = self.chance.choice(lines)
        self.kind = _kind(line)
        return self.say(_bare(line))

    def one_of(self, lines: tuple[str, ...]) -> str:
        """One of ``lines`` that fits, filled; "" when there is none."""
        return next(iter(self.some(lines, 1)), "")

    def some(self, lines: tuple[str, ...], count: int) -> list[str]:
        """``count`` different ones of ``lines`` that fit, filled."""
        fit = [line for line in lines if _kind(line) in ("", self.kind)]
        return [self.say(_bare(line)) for line in self.chance.sample(fit, min(count, len(fit)))]

    def answer(self, lines: tuple[str, ...]) -> str:
        """One of ``lines`` that answers just this; else one that answers anything; else any."""
        own = [line for line in lines if self.kind and _kind(line) == self.kind]
        fit = own or [line for line in lines if not _kind(line)] or list(lines)
        return self.say(_bare(self.chance.choice(fit))) if fit else ""

    def _slot(self, hit: re.Match[str]) -> str:
        slot, low, high = hit.groups()
        if slot == "n":
            return str(self.chance.randint(int(low), int(high or low)))
        if slot in self.facts:
            return self.facts[slot]
        return self._fresh(slot)

    def _fresh(self, slot: str) -> str:
        if slot in PRIVATE:
            return PRIVATE[slot](self.chance)
        if slot == "spot":
            self.facts["spot"] = self._spot()
            return self.facts["spot"]
        known = _file("city")["slots"]
        return str(self.chance.choice(known[slot]))

    def _spot(self) -> str:
        return _lower(self.one_of(common("spots", "say")))


def _kind(line: str) -> str:
    """``obat`` of "#obat Ambil obat …": goes only with lines of the same kind, and with those that have none."""
    return line[1:].partition(" ")[0] if line.startswith("#") else ""


def _bare(line: str) -> str:
    return line.partition(" ")[2] if line.startswith("#") else line


STREETS = ("Jalan", "Gang", "Jalur", "Blok", "Handil", "Titian")


def _lower(text: str) -> str:
    return text if text.startswith(STREETS) else text[:1].lower() + text[1:]


def village_facts(village: str, chance: Random) -> dict[str, str]:
    """Street and landmark of a spot in a village."""
    row = (_file("city")["villages"] | _file("marsh")["villages"]).get(village) or _any_village(chance)
    return {"kel": village, "street": chance.choice(row["streets"]), "mark": chance.choice(row["marks"])}


def _any_village(chance: Random) -> dict[str, list[str]]:
    found: dict[str, list[str]] = chance.choice(list(_file("city")["villages"].values()))
    return found


def _phone(chance: Random) -> str:
    a, b = chance.choice(("0812", "0813", "0821", "0852", "0857")), f"{chance.randint(100, 999)}"
    return chance.choice((f"{a}-5555-0{b}", f"{a}55550{b}", f"{a} 5555 0{b}"))


def _nik(chance: Random) -> str:
    born = f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{chance.randint(60, 99)}"
    return f"9971{chance.randint(1, 4):02}{born}{chance.randint(1, 99):04}"


PRIVATE: dict[str, Callable[[Random], str]] = {
    "hp": _phone,
    "nik": _nik,
    "nama": lambda chance: name(chance).full,
    "panggilan": lambda chance: name(chance, "m").call,
    "email": lambda chance: f"{name(chance).call.lower()}{chance.randint(2, 99)}@contoh.id",
}


@dataclass(frozen=True)
class Told:
    """What somebody wrote, in which voice, and the words for the spot."""

    text: str
    voice: str
    spot: str
    kind: str = ""


def tell(topic: Topic, facts: dict[str, str], chance: Random, *, is_again: bool = False) -> Told:
    """A citizen's own words about a topic."""
    teller, voice = Teller(chance, facts), _voice(topic, chance)
    spot = teller.facts.get("spot") or teller.say("{spot}")
    spot = _lower(spot)
    teller.facts["spot"] = _placed(_nearby(spot, facts, chance))
    sentences = PLANS[voice.name](teller, topic)
    if is_again:
        sentences.insert(-1 if len(sentences) > 1 else 1, teller.one_of(common("again", "say")))
    joint = "\n" if voice.name == "panjang" else " "
    text = written(_joined(sentences, joint, chance), voice, chance)
    if voice.name not in ("singkat", "marah") and chance.random() < 0.07:
        text = f"{ended(text)} {teller.one_of(common('private', 'say'))}"
    return Told(text, voice.name, spot[:1].upper() + spot[1:] if chance.random() < 0.4 else spot, teller.kind)


def _nearby(spot: str, facts: dict[str, str], chance: Random) -> str:
    """People name a spot shorter than a form asks for it."""
    street, mark = facts["street"], facts["mark"]
    if "RT" in spot or ", " in spot:
        return chance.choice((spot, street, f"dekat {mark}", f"{street} dekat {mark}"))
    return spot


def ended(text: str) -> str:
    """``text`` as a sentence that another one may follow."""
    return text if text.endswith(("?", "!", ".")) else f"{text}."


def _placed(spot: str) -> str:
    return f"di {spot}" if spot.startswith((*STREETS, "simpang")) else spot


def _joined(sentences: list[str], joint: str, chance: Random) -> str:
    kept = [sentence for sentence in sentences if sentence]
    if joint == " ":
        return " ".join(kept)
    return "".join(s + (chance.choice(("\n", "\n\n")) if n % 2 == 1 else " ") for n, s in enumerate(kept)).strip()


def _voice(topic: Topic, chance: Random) -> Voice:
    fits = [
        voice
        for voice in VOICES
        if voice.name not in ("melayu", "jawa", "banjar", "singkat") or _has(topic, voice.name)
    ]
    shares = [voice.share * (0.3 if topic.code == "puji" and voice.name == "marah" else 1) for voice in fits]
    if topic.code in ("puji", "usul", "tanya"):
        shares = [0 if voice.name == "marah" else share for voice, share in zip(fits, shares, strict=True)]
    return chance.choices(fits, shares)[0]


def _has(topic: Topic, voice: str) -> bool:
    return bool(topic.says["short" if voice == "singkat" else voice])


def _polite(t: Teller, topic: Topic) -> list[str]:
    hello = t.one_of(common("voices", "sopan", "open")) if t.chance.random() < 0.7 else ""
    core = t.core(topic.says["core"])
    more = t.some(topic.says["more"], t.chance.choice((0, 1, 1, 2)))
    ask = t.one_of(topic.says["ask"]) if t.chance.random() < 0.75 else ""
    bye = t.one_of(common("voices", "sopan", "close")) if t.chance.random() < 0.65 else ""
    return [hello, core, *more, ask, bye]


def _plain(t: Teller, topic: Topic) -> list[str]:
    core, more = t.core(topic.says["core"]), t.some(topic.says["more"], t.chance.choice((0, 0, 1, 1, 2)))
    ask = [t.one_of(topic.says["ask"])] if t.chance.random() < 0.55 else []
    plans = ([core, *more, *ask], [*ask, core, *more], [*more[:1], core, *ask])
    return t.chance.choices(plans, (6, 1, 1))[0]


def _short(t: Teller, topic: Topic) -> list[str]:
    return [t.core(topic.says["short"])]


def _angry(t: Teller, topic: Topic) -> list[str]:
    vent = t.one_of(common("voices", "marah", "open")) if t.chance.random() < 0.6 else ""
    rant = t.one_of(common("voices", "marah", "close")) if t.chance.random() < 0.7 else ""
    core, more = t.core(topic.says["core"]), t.some(topic.says["more"], t.chance.choice((0, 1, 1)))
    return [vent, core, *more, rant] if t.chance.random() < 0.75 else [core, *more, vent, rant]


def _slangy(t: Teller, topic: Topic) -> list[str]:
    chatty = 0.0 if topic.sealed else 0.5
    hello = t.one_of(common("voices", "gaul", "open")) if t.chance.random() < chatty else ""
    bye = t.one_of(common("voices", "gaul", "close")) if t.chance.random() < chatty else ""
    first = t.core(topic.says["core"] + topic.says["short"])
    more = t.some(topic.says["more"], t.chance.choice((0, 0, 1)))
    return [f"{hello.rstrip('.')}," if hello else "", first, *more, bye]


def _long(t: Teller, topic: Topic) -> list[str]:
    core = t.core(topic.says["core"])
    between = [] if topic.code in ("puji", "usul", "tanya") else t.some(common("voices", "panjang", "between"), 2)
    more = t.some(topic.says["more"], 3)
    ask, bye = t.one_of(topic.says["ask"]), t.one_of(common("voices", "panjang", "close"))
    opening = t.one_of(common("voices", "panjang", "open"))
    return [opening, core, *more[:2], *between[:1], *more[2:], *between[1:], ask, bye]


PLANS: dict[str, Callable[[Teller, Topic], list[str]]] = {
    "sopan": _polite,
    "biasa": _plain,
    "singkat": _short,
    "marah": _angry,
    "gaul": _slangy,
    "panjang": _long,
    "melayu": lambda t, topic: [t.core(topic.says["melayu"])],
    "jawa": lambda t, topic: [t.core(topic.says["jawa"])],
    "banjar": lambda t, topic: [t.core(topic.says["banjar"])],
}

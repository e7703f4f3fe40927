"""Why cases arise, pure: what may be said of a case, and what earlier codings and its words suggest."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from lingkar.foundation.refusals import Refused


class Kind(StrEnum):
    """Why a case arose. Only the first two are needs of training: no course mends a road."""

    KNOWLEDGE = "knowledge"
    CONDUCT = "conduct"
    PROCEDURE = "procedure"
    STAFFING = "staffing"
    TOOL = "tool"
    BUDGET = "budget"
    OTHER_AGENCY = "other_agency"
    INFORMATION = "information"
    NONE = "none"  # nothing went wrong: an idea, a thank-you, a neighbour's noise


TRAINABLE = frozenset({Kind.KNOWLEDGE, Kind.CONDUCT})


def check_closed(*, is_open: bool, was_closed: bool) -> None:
    """Why a case arose is said when it is over."""
    if is_open or not was_closed:
        raise Refused("causes.still_open")


def check_cause(kind: Kind, competency: str, *, known: Iterable[str]) -> None:
    """A cause that training can do something about names a competency; any other names none."""
    if kind in TRAINABLE:
        if not competency:
            raise Refused("causes.competency_missing", kind=kind)
        if competency not in set(known):
            raise Refused("causes.competency_unknown", competency=competency)
    elif competency:
        raise Refused("causes.no_competency", kind=kind)


# --- suggestion ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cue:
    """Words that speak for a cause."""

    kind: Kind
    competency: str
    words: tuple[str, ...]


CUES = (
    Cue(Kind.KNOWLEDGE, "public_service", (
        "tidak tahu", "ga tau", "gak tau", "tidak bisa menjawab", "tidak bisa menjelaskan", "beda-beda", "beda2",
        "berbeda-beda", "bolak-balik", "bolak balik", "salah formulir", "formulir yang dikasih", "salah ketik",
        "salah tulis", "fotokopi", "disuruh pulang", "tidak kompak", "dioper", "salah diagnosa", "salah dosis",
    )),
    Cue(Kind.CONDUCT, "communication", (
        "tidak ramah", "judes", "ketus", "marah", "membentak", "dibentak", "bentak", "kasar", "cuek", "acuh",
        "tidak sopan", "merokok", "main hp", "main ponsel", "mengejek", "tidak dilayani", "diabaikan",
    )),
    Cue(Kind.CONDUCT, "integrity", ("pungli", "minta uang", "uang rokok", "suap", "calo", "seikhlasnya", "titip nama")),
    Cue(Kind.PROCEDURE, "", ("prosedur", "alur", "berbelit", "tumpang tindih", "data ganda", "verifikasi ulang")),
    Cue(Kind.STAFFING, "", (
        "antre", "antri", "ngantri", "nomor antrean", "loket tutup", "loket kosong", "kurang petugas", "kurang perawat",
        "tidak diangkut", "belum diangkut", "dokter tidak ada",
    )),
    Cue(Kind.TOOL, "", (
        "blangko", "blanko", "mesin", "alat rusak", "server", "jaringan", "sistem error", "aplikasi error",
        "lampu mati", "lampu jalan", "obat habis", "obat kosong", "printer",
    )),
    Cue(Kind.BUDGET, "", ("lubang", "berlubang", "aspal", "jembatan", "banjir", "drainase", "parit", "atap bocor")),
    Cue(Kind.OTHER_AGENCY, "", ("pln", "pdam", "air leding", "jalan provinsi", "jalan nasional", "pertamina")),
    Cue(Kind.INFORMATION, "", (
        "tidak ada informasi", "tidak ada pengumuman", "tidak jelas jadwal", "kapan jadwal", "mohon info",
    )),
    Cue(Kind.NONE, "", ("terima kasih", "usul", "saran saya", "tetangga", "berisik", "bising")),
)  # fmt: skip
"""Words of reports in Indonesian, as people write them. A person decides; nothing waits for this."""

BEFORE = r"(?:(?:me|men|mem|meng|ng|di|ke|ber|ter|se|pe|pen|pem|peng)-?)?"
AFTER = r"(?:kan|an|i)?(?:ku|mu|nya)?(?:lah|kah|pun)?"
"""Affixes with which a word is still the same word."""
MANY = 10
"""Earlier codings from which on the past weighs as much as the words."""


@dataclass(frozen=True)
class Earlier:
    """How often a cause was given to cases like this one."""

    kind: Kind
    competency: str
    count: int


@dataclass(frozen=True)
class Suggestion:
    """A suggested cause, how sure (0–1), and why: the words found, and how many earlier cases had it of how many."""

    kind: Kind
    competency: str
    share: Decimal
    words: tuple[str, ...]
    earlier: int
    of: int


def suggest(text: str, earlier: Iterable[Earlier]) -> Suggestion | None:
    """What the words of a case and earlier cases of the same service (or subject) speak for; None when nothing does.

    The past weighs up to as much as the words: fully from ``MANY`` cases on.
    """
    found, past = _words_found(text), Counter[tuple[Kind, str]]()
    for row in earlier:
        past[row.kind, row.competency] += row.count
    said, known = sum(len(words) for words in found.values()), sum(past.values())
    if not said and not known:
        return None
    trust = min(known, MANY) / MANY
    spoken = 1.0 if said else 0.0

    def weight(key: tuple[Kind, str]) -> float:
        by_words = len(found.get(key, ())) / said if said else 0.0
        by_past = past[key] / known if known else 0.0
        return (by_words + trust * by_past) / (spoken + trust)

    best = max(sorted({*found, *past}), key=weight)
    return Suggestion(*best, round(Decimal(weight(best)), 2), found.get(best, ()), past[best], known)


def _words_found(text: str) -> Mapping[tuple[Kind, str], tuple[str, ...]]:
    plain = " ".join(text.lower().split())
    hits = {
        (cue.kind, cue.competency): tuple(word for word in cue.words if _patterns()[word].search(plain)) for cue in CUES
    }
    return {key: words for key, words in hits.items() if words}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Each cue as whole words, the first with the prefixes of Indonesian, the last with its suffixes: "marah" is found
    in "dimarahi", "calo" not in "calon", "alur" not in "saluran".
    """
    return {word: re.compile(rf"(?<!\w){BEFORE}{re.escape(word)}{AFTER}(?!\w)") for cue in CUES for word in cue.words}

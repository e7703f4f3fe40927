"""How different hands write the same thing: slang, slips of the thumb, capitals. Plain data, no Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

LIGHT = {
    "tidak": ("tidak", "gak", "tdk", "nggak", "ga"),
    "sudah": ("sudah", "udah", "sdh", "sudah"),
    "yang": ("yang", "yg"),
    "dengan": ("dengan", "dgn"),
    "untuk": ("untuk", "utk"),
    "karena": ("karena", "krn", "karna"),
    "belum": ("belum", "blm"),
    "bagaimana": ("bagaimana", "gimana"),
    "terus": ("terus", "trus"),
    "tolong": ("tolong", "tlg"),
    "sampai": ("sampai", "sampe"),
    "kalau": ("kalau", "kalo", "klo"),
    "seperti": ("seperti", "kayak"),
    "dapat": ("dapat", "dpt"),
    "terima kasih": ("terima kasih", "makasih", "trims", "terimakasih"),
    "jalan": ("jalan", "jln"),
    "rumah": ("rumah", "rmh"),
    "anak-anak": ("anak-anak", "anak2"),
    "juga": ("juga", "jg"),
    "saja": ("saja", "aja"),
    "bisa": ("bisa", "bs"),
    "orang": ("orang", "org"),
}
HEAVY = {
    "tidak": ("ga", "gak", "g", "nggak", "kagak"),
    "sudah": ("udh", "udah", "sdh", "dah"),
    "yang": ("yg",),
    "dengan": ("dgn", "sama"),
    "untuk": ("buat", "utk"),
    "karena": ("krn", "gara2", "soalnya"),
    "belum": ("blm", "belom"),
    "bagaimana": ("gmn", "gimana"),
    "terus": ("trs", "terus"),
    "tolong": ("tlg", "tolong", "tolongin"),
    "sampai": ("sampe", "smpe"),
    "kalau": ("klo", "kalo", "kl"),
    "seperti": ("kyk", "kayak"),
    "sangat": ("bgt", "banget"),
    "sekali": ("bgt", "banget", "bener"),
    "terima kasih": ("mksh", "makasih", "thx", "tq"),
    "saya": ("sy", "aku", "saya", "gue"),
    "anak-anak": ("anak2", "bocah2"),
    "saja": ("aja", "doang"),
    "juga": ("jg",),
    "bisa": ("bs", "bisa"),
    "orang": ("org",),
    "petugas": ("petugas", "ptgas"),
    "mohon": ("mohon", "pliss", "tolong"),
    "kemarin": ("kmrn", "kemaren"),
    "besok": ("bsk", "besok"),
    "padahal": ("pdhl", "padahal"),
    "tetapi": ("tp",),
    "tapi": ("tp", "tapi"),
    "jalan": ("jln", "jalan"),
    "sekarang": ("skrg", "sekarang"),
}


@dataclass(frozen=True)
class Voice:
    """A way of writing: how often, and what it does to words."""

    name: str
    share: int
    slang: Mapping[str, tuple[str, ...]]
    slangs: float = 0.0
    slips: float = 0.0
    small: float = 0.0
    """Chance that everything is written small."""
    unstopped: float = 0.0
    """Chance that a full stop is left out."""
    shouts: float = 0.0


VOICES = (
    Voice("sopan", 24, LIGHT, slangs=0.04, slips=0.002),
    Voice("biasa", 31, LIGHT, slangs=0.3, slips=0.008, small=0.12, unstopped=0.15),
    Voice("singkat", 13, HEAVY, slangs=0.35, slips=0.01, small=0.7, unstopped=1),
    Voice("marah", 9, LIGHT, slangs=0.35, slips=0.01, small=0.1, shouts=0.5),
    Voice("gaul", 12, HEAVY, slangs=0.8, slips=0.02, small=0.85, unstopped=0.7),
    Voice("panjang", 5, LIGHT, slangs=0.12, slips=0.006),
    Voice("melayu", 4, {}, slips=0.002),
    Voice("jawa", 3, {}, slips=0.002),
    Voice("banjar", 18, {}, slips=0.002),
)


def written(text: str, voice: Voice, chance: Random) -> str:
    """``text`` as somebody with this voice types it on a telephone."""
    text = _slang(text, voice, chance)
    text = _slips(text, voice.slips, chance)
    if chance.random() < voice.unstopped:
        text = re.sub(r"\.(?=\s|$)", lambda _: chance.choice(("", "", ",", " ")), text).rstrip(", ")
    if chance.random() < voice.shouts:
        text = _shout(text, chance)
    if chance.random() < voice.small:
        text = text.lower()
    return re.sub(r" +", " ", text).replace(" ,", ",").replace(" .", ".").strip()


def _slang(text: str, voice: Voice, chance: Random) -> str:
    for word, forms in voice.slang.items():
        if word in text.lower():
            text = re.sub(
                rf"(?i)(?<![\w-]){word}(?![\w-])", partial(_form, forms=forms, voice=voice, chance=chance), text
            )
    return text


def _form(hit: re.Match[str], forms: tuple[str, ...], voice: Voice, chance: Random) -> str:
    if chance.random() >= voice.slangs:
        return hit[0]
    form = chance.choice(forms)
    return form.capitalize() if hit[0][:1].isupper() else form


def _slips(text: str, rate: float, chance: Random) -> str:
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and chance.random() < rate * 1.6:
            words[at] = _slip(word, chance)
    return " ".join(words)


def _slip(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )


def _shout(text: str, chance: Random) -> str:
    if chance.random() < 0.25:
        return re.sub(r"\.(?=\s|$)", "!", text.upper())
    text = re.sub(r"\.(?=\s|$)", lambda _: chance.choice((".", "!", "!!", "!!!", ".")), text)
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if word.isalpha() and len(word) > 5]
    for at in chance.sample(long, min(len(long), 2)):
        words[at] = words[at].upper()
    return " ".join(words)

"""Mask personal data in what people write. Pure; built on ``lokal`` with rules of our own.

A complaint needs its street ("lampu mati di Jl. Kenanga"), so an address is masked only where the words before it say
that somebody lives there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lokal import detect_pii

LABELS = {
    "NAME": "nama",
    "NIK": "NIK",
    "KK": "nomor KK",
    "NPWP": "NPWP",
    "PASSPORT": "nomor paspor",
    "SIM": "nomor SIM",
    "NIP": "NIP",
    "BPJS": "nomor BPJS",
    "NISN": "NISN",
    "AKTA": "nomor akta",
    "PHONE": "nomor telepon",
    "EMAIL": "alamat email",
    "BANK_ACCOUNT": "nomor rekening",
    "CARD": "nomor kartu",
    "PLATE": "nomor kendaraan",
    "IP": "alamat internet",
    "GEO": "koordinat",
    "ADDRESS": "alamat rumah",
    "BIRTH_DATE": "tanggal lahir",
    "HEALTH": "keterangan kesehatan",
    "CRIMINAL_RECORD": "catatan hukum",
    "BIOMETRIC": "data biometrik",
}
"""What is masked, and the word that stands in its place. The words are shown to citizens, so they are Indonesian."""

LIVES_THERE = re.compile(r"(?i)\b(alamat|rumah|tinggal|domisili|kos|kontrakan|warga)\b[^.!?\n]{0,24}$")
DIGIT_WORD = r"(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|[0-9oO])"
SPELLED_NUMBER = re.compile(rf"(?i)(?<![a-z]){DIGIT_WORD}(?:[\s.\-]*{DIGIT_WORD}){{8,}}(?![a-z])")
HANDLE = re.compile(r"(?i)(?<![\w@])@[a-z0-9_.]{3,30}\b")
LINK = re.compile(r"(?i)\b(?:https?://|wa\.me/|t\.me/|www\.)\S+")
OWN_RULES = ((SPELLED_NUMBER, "nomor telepon"), (HANDLE, "akun media sosial"), (LINK, "tautan"))


@dataclass(frozen=True)
class Masked:
    """A text that may be shown to everybody, and the kinds of personal data taken out of it."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, order=True)
class _Span:
    start: int
    end: int
    label: str


def mask(text: str) -> Masked:
    """Replace each piece of personal data in ``text`` by its kind in brackets: ``[nomor telepon]``.

    Errs towards masking. It cannot find everything, which is why the writer sees the result before it is sent.
    """
    spans = _disjoint([*_known(text), *_own(text)])
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], f"[{span.label}]"]
        at = span.end
    return Masked("".join([*parts, text[at:]]), tuple(dict.fromkeys(span.label for span in spans)))


def _known(text: str) -> Iterable[_Span]:
    for found in detect_pii(text):
        if found.type == "ADDRESS" and not LIVES_THERE.search(text[: found.start]):
            continue
        if found.type in LABELS:
            yield _Span(found.start, found.end, LABELS[found.type])


def _own(text: str) -> Iterable[_Span]:
    for pattern, label in OWN_RULES:
        for found in pattern.finditer(text):
            yield _Span(found.start(), found.end(), label)


def _disjoint(spans: Iterable[_Span]) -> list[_Span]:
    """Overlapping spans become one: the widest reach, under the label of the first."""
    merged: list[_Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = _Span(merged[-1].start, max(merged[-1].end, span.end), merged[-1].label)
        else:
            merged.append(span)
    return merged

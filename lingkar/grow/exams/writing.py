"""Questions as people type or paste them: one or many at once. Pure.

    1. Apa yang pertama Anda lakukan saat warga marah?
    A. Menyela
    B. Mendengarkan sampai selesai
    Kunci: B
    Pembahasan: Didengar dulu, baru dijelaskan.

A right choice may also be marked by a star before it, and the explanation by ``>``. An empty line ends a question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lingkar.foundation.refusals import Refused
from lingkar.grow.exams import rules
from lingkar.grow.exams.rules import Asked

NUMBERED = re.compile(r"^\s*\d{1,3}\s*[.)]\s+(?=\S)")
LETTERED = re.compile(r"^\s*(\*)?\s*\(?([A-Fa-f])[.)]\s+(\S.*)$")
DASHED = re.compile(r"^\s*([-–•*])\s+(\S.*)$")
KEY = re.compile(r"^\s*(?:kunci(?: jawaban)?|jawaban)\s*[:=]\s*\(?([A-Fa-f])\b.*$", re.IGNORECASE)
WHY = re.compile(r"^\s*(?:>|(?:pembahasan|penjelasan|alasan)\s*[:=])\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """A question as it was understood, the line at which it begins, and what is wrong with it (None: nothing)."""

    line: int
    asked: Asked
    wrong: Refused | None = None


@dataclass
class _Draft:
    line: int
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    last: str = "stem"

    def take(self, line: str) -> None:
        """One more line of this question."""
        if found := KEY.match(line):
            self.keys.append("abcdef".index(found[1].lower()))
        elif found := WHY.match(line):
            self.why.append(found[1].strip())
            self.last = "why"
        elif found := LETTERED.match(line):
            self._option(found[3], is_right=bool(found[1]))
        elif (found := DASHED.match(line)) and self.stem:
            self._option(found[2], is_right=found[1] == "*")
        else:
            self._more(line.strip())

    def _option(self, words: str, *, is_right: bool) -> None:
        if is_right:
            self.keys.append(len(self.options))
        self.options.append(words.strip())
        self.last = "option"

    def _more(self, words: str) -> None:
        if self.last == "option":
            self.options[-1] = f"{self.options[-1]} {words}"
        elif self.last == "why":
            self.why.append(words)
        else:
            self.stem.append(NUMBERED.sub("", words) if not self.stem else words)

    @property
    def is_whole(self) -> bool:
        return bool(self.options and self.why)

    def read(self) -> Read:
        """The question, checked."""
        keys = sorted(set(self.keys))
        key = keys[0] if len(keys) == 1 else -1
        asked = Asked(" ".join(self.stem), tuple(self.options), key, " ".join(filter(None, self.why)))
        try:
            rules.check_question(asked)
        except Refused as no:
            return Read(self.line, asked, no)
        return Read(self.line, asked)


def questions_in(text: str) -> list[Read]:
    """Every question of a text, in order, each with what is wrong with it."""
    return [draft.read() for draft in _drafts(text)]


def _drafts(text: str) -> Iterator[_Draft]:
    draft: _Draft | None = None
    gap = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            gap = True
            continue
        if draft is not None and _begins(line, draft, after_gap=gap):
            yield draft
            draft = None
        draft, gap = draft or _Draft(number), False
        draft.take(line)
    if draft is not None:
        yield draft


def _begins(line: str, draft: _Draft, *, after_gap: bool) -> bool:
    """Whether a line begins another question: a number after choices, or plain words after an empty line."""
    if not draft.options:
        return False
    parts = (KEY, WHY, LETTERED) if not draft.is_whole else (KEY,)
    is_part = any(pattern.match(line) for pattern in parts) or (not draft.is_whole and DASHED.match(line) is not None)
    return NUMBERED.match(line) is not None or (after_gap and not is_part)

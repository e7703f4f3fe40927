"""What somebody looks for, as words: read from what they typed, said in the language of the database."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 200
"""Letters of a question that are read; the rest is left out."""
MOST_TERMS = 8
SILENT = str.maketrans("", "", "'’‘ʼ`´")


def plain(text: str) -> str:
    """Lower case, no accents, no apostrophes, words parted by one space: ``"Jum'at, S.Kom"`` is ``"jumat s kom"``."""
    apart = unicodedata.normalize("NFKD", text.translate(SILENT))
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall("[a-z0-9]+", letters.lower()))


Groups = tuple[tuple[str, ...], ...]
"""Phrases that mean the same, in plain words: ``(("ktp", "kartu tanda penduduk"), …)``."""


def groups(text: str) -> Groups:
    """A list of synonyms as people write it: a group on each line, commas between phrases, ``#`` begins a remark."""
    lines = (line.partition("#")[0].split(",") for line in text.splitlines())
    told = (tuple(dict.fromkeys(filter(None, map(plain, phrases)))) for phrases in lines)
    return tuple(group for group in told if len(group) > 1)


def joined(own: Groups, shipped: Groups) -> Groups:
    """Groups of an agency on top of the shipped ones: a group takes in every shipped one that shares a phrase with it.

    Two groups of the agency that meet in a shipped one become one. What nobody added to stays as it was shipped.
    """
    wide: list[dict[str, None]] = []
    for group in own:
        together = dict.fromkeys(group)
        for other in shipped:
            if not set(group).isdisjoint(other):
                together |= dict.fromkeys(other)
        for earlier in [one for one in wide if not one.keys().isdisjoint(together)]:
            wide.remove(earlier)
            together = earlier | together
        wide.append(together)
    return (*(tuple(one) for one in wide), *shipped)


@dataclass(frozen=True)
class Term:
    """One thing that was asked for: the phrase as typed, and what means the same."""

    phrase: str
    others: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrase and all that mean the same."""
        return (self.phrase, *self.others)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. ``typed`` is shown to them again; nothing was asked when there are no terms."""

    typed: str
    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def name(self) -> "Asked":
        """The question as a name: what stands behind a comma is taken for a degree."""
        left, terms = len(plain(self.typed.partition(",")[0]).split()), []
        for term in self.terms:
            if left > 0:
                terms.append(term)
            left -= len(term.phrase.split())
        return Asked(self.typed, tuple(terms) or self.terms)


def ask(text: str, synonyms: Groups = ()) -> Asked:
    """Read a question. Phrases of the list of synonyms are taken as one, the longest first."""
    typed = " ".join(text[:LONGEST].replace("\0", " ").split())
    words, terms = plain(typed).split(), list[Term]()
    meanings = {phrase: group for group in reversed(synonyms) for phrase in group}
    longest = max((phrase.count(" ") + 1 for phrase in meanings), default=1)
    while words and len(terms) < MOST_TERMS:
        size = next((n for n in range(min(longest, len(words)), 1, -1) if " ".join(words[:n]) in meanings), 1)
        phrase = " ".join(words[:size])
        terms.append(Term(phrase, tuple(other for other in meanings.get(phrase, ()) if other != phrase)))
        words = words[size:]
    return Asked(typed, tuple(dict.fromkeys(terms)))


def tsquery(term: Term, *, begins: bool = False) -> str:
    """A term for ``to_tsquery``: its phrases, one of which must stand there. ``begins``: the words begin like this."""
    said = [" <-> ".join(phrase.split()) for phrase in term.phrases]
    if begins:
        said[0] += ":*"
    return " | ".join(f"({words})" for words in said)


def whole(terms: Iterable[Term], *, all_of: bool = True, begins: bool = False) -> str:
    """Several terms for ``to_tsquery``: every one of them, or any."""
    return (" & " if all_of else " | ").join(f"({tsquery(term, begins=begins)})" for term in terms)


def least(terms: int) -> int:
    """How many of several terms must be found when no row has them all: two of three, three of five."""
    return max(1, -(-terms * 3 // 5))

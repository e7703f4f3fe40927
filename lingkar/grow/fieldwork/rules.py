"""What an entry of a logbook needs, and what a phone's clock is worth. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import trimmed

LONGEST = 4000
LONGEST_TELLING = 2000
MOST_FIGURES = 40
MOST_PHOTOS = 4
DRIFT = timedelta(minutes=15)
"""A phone whose clock is further off than this is told as its own word."""
WAITED = timedelta(days=30)
"""So long an entry may have waited on a phone before its time is doubted."""


class Clock(StrEnum):
    """What a phone's clock is worth beside the server's."""

    SAME = "same"
    WAITED = "waited"
    WRONG = "wrong"


def clock(phone: datetime | None, server: datetime) -> Clock:
    """Whether what a phone says of the time can be so.

    Ahead of the server, or older than ``WAITED``: wrong (a phone in 1970). Earlier by more than ``DRIFT``: it waited
    for a signal. The server's time decides in each case; this only chooses the words beside it.
    """
    if phone is None or abs(server - phone) <= DRIFT:
        return Clock.SAME
    return Clock.WAITED if timedelta(0) < server - phone <= WAITED else Clock.WRONG


def check_entry(words: str, *, photos: int) -> str:
    """An entry says something or shows something. Returns the words as they are kept."""
    plain = trimmed(words)
    if not plain and not photos:
        raise Refused("fieldwork.empty")
    if len(plain) > LONGEST:
        raise Refused("fieldwork.too_long", longest=LONGEST)
    if photos > MOST_PHOTOS:
        raise Refused("fieldwork.too_many_photos", most=MOST_PHOTOS)
    return plain


def check_word(words: str) -> str:
    """A mentor's answer says something."""
    plain = trimmed(words)
    if not plain:
        raise Refused("fieldwork.no_word")
    if len(plain) > LONGEST:
        raise Refused("fieldwork.too_long", longest=LONGEST)
    return plain


def told(lives: str, says: str, figures: Sequence[Mapping[str, str]]) -> tuple[object, ...]:
    """What somebody wrote of a community, to tell one page from another; what is counted here counts not."""
    typed_ones = [tuple(sorted(it.items())) for it in figures if it["side"] in set(TYPED)]
    return lives, says, *sorted(typed_ones)


class Side(StrEnum):
    """The sides of a picture of a community. ``VOICE`` is counted from what people said, not typed."""

    SOCIAL = "social"
    ECONOMIC = "economic"
    EDUCATION = "education"
    VOICE = "voice"


TYPED = (Side.SOCIAL, Side.ECONOMIC, Side.EDUCATION)


@dataclass(frozen=True)
class Figure:
    """A number about a place, and where it comes from. ``value`` is text as the source prints it."""

    side: str
    label: str
    value: str
    unit: str = ""
    source: str = ""


A_FIGURE = re.compile(
    r"^(?P<label>[^=]{2,120}?)\s*=\s*(?P<value>[^\s()=]{1,20})\s*(?P<unit>[^()=]{0,40}?)\s*\((?P<source>.{2,160})\)$"
)


def read_figures(side: str, text: str) -> list[Figure]:
    """Figures as people type them, one on a line: ``Penduduk = 4.312 jiwa (Profil kelurahan 2025)``.

    ``Refused("fieldwork.line_unreadable")`` tells which line cannot be read.
    """
    found = []
    for line in filter(None, (part.strip() for part in trimmed(text).splitlines())):
        seen = A_FIGURE.match(line)
        if seen is None:
            raise Refused("fieldwork.line_unreadable", line=line[:80], side=side)
        found.append(Figure(side, **seen.groupdict()))
    return found


def as_data(figure: Figure) -> dict[str, str]:
    """A figure as it is kept."""
    return asdict(figure)


def typed(figures: Sequence[Figure], side: str) -> str:
    """The figures of a side as people type them."""
    rows = [it for it in figures if it.side == side]
    return "\n".join(f"{it.label} = {' '.join(filter(None, (it.value, it.unit)))} ({it.source})" for it in rows)


def check_telling(words: str) -> str:
    """What is told of a community in words. Returns it as it is kept."""
    plain = trimmed(words)
    if len(plain) > LONGEST_TELLING:
        raise Refused("fieldwork.too_long", longest=LONGEST_TELLING)
    return plain


def check_figures(figures: Sequence[Figure]) -> None:
    """Each figure says what it is, its number and its source."""
    if not figures:
        raise Refused("fieldwork.no_figures")
    if len(figures) > MOST_FIGURES:
        raise Refused("fieldwork.too_many_figures", most=MOST_FIGURES)
    for figure in figures:
        if figure.side not in list(Side):
            raise Refused("fieldwork.unknown_side", side=figure.side)
        if not (figure.label.strip() and figure.value.strip() and figure.source.strip()):
            raise Refused("fieldwork.figure_not_whole", label=figure.label)

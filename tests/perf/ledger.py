"""What people were told during a storm: the other side of the checker's comparison. Knows nothing of the product."""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

LETTERS = "bdfgjklmnprstvwz"


def new_mark(chance: random.Random) -> str:
    """A word that stands nowhere else, looks like no personal data and survives stemming: ``tandabdfgjklm``."""
    return "tanda" + "".join(chance.choice(LETTERS) for _ in range(10))


@dataclass
class Sent:
    """A report that somebody sent, possibly several times, until a receipt was seen."""

    mark: str
    acknowledged: bool = False
    number: int = 0
    code: str = ""
    tries: int = 0
    mail: str = ""
    photos: int = 0


@dataclass
class Said:
    """A reply or closing that an officer sent, possibly several times."""

    mark: str
    kind: str
    acknowledged: bool = False
    tries: int = 0


@dataclass
class Ledger:
    """All of a storm. Safe to share between threads."""

    sent: dict[str, Sent] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, row: Sent | Said) -> None:
        with self._lock:
            if isinstance(row, Sent):
                self.sent[row.mark] = row
            else:
                self.said[row.mark] = row

    def trouble(self, what: str) -> None:
        """Something that a person met and that was neither an answer nor a refusal one expects."""
        with self._lock:
            self.troubles.append(what)

    def acknowledged(self) -> Iterator[Sent | Said]:
        with self._lock:
            rows: list[Sent | Said] = [*self.sent.values(), *self.said.values()]
        return (row for row in rows if row.acknowledged)

    def count(self) -> int:
        """How many acts were acknowledged so far."""
        return sum(1 for _ in self.acknowledged())

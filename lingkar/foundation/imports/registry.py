"""What can be imported: each module offers an importer for its kind of rows in its ``importer.py``.

```python
class People:
    kind, needs, key = "people", Action.RECORDS, "nip"
    label = _("People")
    columns = (Column("nip", "NIP", ("NIP Baru",), cells.digits, required=True), …)

    def check(self, rows, *, by, at): ...      # sets row.outcome, row.changes, row.refuse(…)
    def apply(self, staged, *, by, at): ...    # writes; Refused("imports.stale") when something moved meanwhile
    def sentence(self, refused): ...           # words for the module's own codes

register(People())
```
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeGuard
from uuid import UUID

from django.utils.functional import Promise

from lingkar.foundation.access import Actor
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.tables import Column

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass(slots=True)
class Row:
    """A line of the sheet on its way. ``values`` are what the readers of its columns made of its cells.

    An importer may put other values there: whatever JSON holds, and days (which come back to ``apply`` as ISO text).
    """

    sheet: int
    line: int
    values: dict[str, Any]
    reasons: list[tuple[str, Refused]] = field(default_factory=list)
    """Column ("" for the row as a whole) and why."""
    key: str = ""
    outcome: str = NEW
    target: UUID | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def refuse(self, why: Refused, column: str = "") -> None:
        """This row will not be written, and why."""
        self.reasons.append((column, why))
        self.outcome = REFUSED

    def day(self, name: str) -> date | None:
        """A value that is a day, before and after it was kept."""
        value = self.values.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else value


class Staged(Protocol):
    """The rows that are to be written, in the order of the sheet."""

    source: UUID

    def __iter__(self) -> Iterator[list[Row]]:
        """Batches of rows that are new or changed."""
        ...

    def having(self, outcome: str) -> Iterator[list[Row]]:
        """Batches of rows with one outcome; none of it when it is not to be written."""
        ...

    def count(self, outcome: str) -> int:
        """How many rows with this outcome are to be written."""
        ...

    def say(self, done: int) -> None:
        """So many more rows are written: who looks at the page sees it."""
        ...


class Importer(Protocol):
    """What a module does with the lines of a sheet."""

    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...
    @property
    def needs(self) -> str:
        """The action that whoever imports must hold."""
        ...

    @property
    def columns(self) -> Sequence[Column]: ...
    @property
    def key(self) -> str:
        """The value that must not stand in two lines; its column names the reason."""
        ...

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Say of each row what will happen: a few statements for all of them, none for each.

        Rows that a reader refused come along, so that their other faults are told, too; they stay refused. Sets
        ``key``, ``outcome`` (new, changed with ``changes`` and ``target``, same), or calls ``refuse``.
        """
        ...

    # An importer whose lines depend on each other also has
    #     def check_whole(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> Refused | None
    # It is called once all lines of all sheets were checked, and may ``refuse`` more of them. What it gives back
    # refuses the sheet as a whole: every line that would have been written is refused, and it is said above them.

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """Write rows that are new or changed, within the running transaction, with one audit line if it can be.

        ``staged`` gives them batch by batch. Who has a million of one outcome may write them by one statement on
        ``imports_stagedrow`` instead.
        ``Refused("imports.stale")`` when a row is no longer as ``check`` saw it: everything is undone, and the sheet is
        checked anew.
        """
        ...

    def sentence(self, refused: Refused) -> str:
        """What somebody reads for a code of this module; ``KeyError`` for others."""
        ...


class GoesInto(Importer, Protocol):
    """An importer whose rows go into something (a cohort). It stands on no general page: its sheets are sent from the
    page of what they go into.
    """

    def within(self, about: UUID) -> Importer:
        """The same importer, for what the rows go into."""
        ...

    def place(self, *, by: Actor) -> tuple[str, str]:
        """The address of the page of what the rows go into, and its name."""
        ...


def checked_again(importer: Importer, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Row]:
    """A staged batch, checked anew before it is written. ``Refused("imports.stale")`` when something would become of a
    row that the preview did not show.
    """
    again = [Row(row.sheet, row.line, dict(row.values)) for row in rows]
    importer.check(again, by=by, at=at)
    for now, then in zip(again, rows, strict=True):
        if now.outcome != then.outcome or _flat(now.changes) != _flat(then.changes):
            raise Refused("imports.stale")
    return again


def _flat(changes: dict[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    return {name: [*pair] for name, pair in changes.items()}


_IMPORTERS: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Offer a kind of rows to be imported."""
    if _IMPORTERS.setdefault(importer.kind, importer) is not importer:
        raise ValueError(f"importer {importer.kind!r} is registered twice")


def importers() -> dict[str, Importer]:
    """Every importer by its kind, in alphabetical order."""
    return dict(sorted(_IMPORTERS.items()))


def importer_of(kind: str, about: UUID | None = None) -> Importer:
    """The importer of a kind that is known, for what its rows go into. ``KeyError`` for an unknown kind."""
    found = _IMPORTERS[kind]
    if about is not None and goes_into(found):
        return found.within(about)
    return found


def goes_into(importer: Importer) -> TypeGuard[GoesInto]:
    """Whether its rows go into something that must be named."""
    return hasattr(importer, "within")


def check_named(importer: Importer, about: UUID | None) -> None:
    """``Refused("imports.where")`` when its rows must go into something and nothing was named."""
    if about is None and goes_into(importer):
        raise Refused("imports.where")

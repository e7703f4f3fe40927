"""Who of the lines of a roster is known: civil servants by NIP, guests by name and institution."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from lingkar.directory.people import queries as people
from lingkar.foundation.imports.registry import Row
from lingkar.foundation.sheets.cells import simple
from lingkar.grow.programmes.models import Cohort, Participant

DEGREE = 3
"""Shorter words of a name are titles and initials."""


@dataclass(frozen=True)
class Somebody:
    """A person on record."""

    id: UUID
    name: str
    kind: str


@dataclass(frozen=True)
class Known:
    """People on record by NIP and by name with institution, and who takes part already: person → standing."""

    by_nip: dict[str, Somebody]
    guests: dict[str, Somebody]
    there: dict[UUID, str]

    @classmethod
    def of(cls, rows: Sequence[Row], cohort: Cohort) -> "Known":
        """Three statements, however many lines."""
        nips = {row.values["nip"] for row in rows if "nip" in row.values}
        names = {row.values["name"] for row in rows if "name" in row.values and "nip" not in row.values}
        serving = people.serving()
        columns = ("pk", "name", "kind")
        found = serving.filter(nip__in=nips).values_list("nip", *columns) if nips else ()
        outside = serving.filter(kind="external", name__in=names)
        guests = outside.values_list("institution", *columns) if names else ()
        return cls(
            {str(nip): Somebody(pk, name, kind) for nip, pk, name, kind in found},
            {key_of(name, institution): Somebody(pk, name, kind) for institution, pk, name, kind in guests},
            dict(Participant.objects.filter(cohort=cohort).values_list("person", "standing")),
        )

    def person_of(self, row: Row) -> Somebody | None:
        """Who a line is about, if they are on record."""
        nip = row.values.get("nip")
        return self.by_nip.get(nip) if nip else self.guests.get(row.key)


def key_of(name: str, institution: str) -> str:
    """What makes two guests the same."""
    return f"~{simple(name)} {simple(institution)}"


def is_named(told: str, known: str) -> bool:
    """Whether two printed names may be of one person: a word of one stands in the other, degrees aside."""
    one, other = _words(told), _words(known)
    return not one or not other or bool(one & other)


def _words(name: str) -> set[str]:
    return _long(name.partition(",")[0].replace("-", " ").split())


def _long(words: Iterable[str]) -> set[str]:
    return {bare for word in words if len(bare := simple(word)) >= DEGREE}

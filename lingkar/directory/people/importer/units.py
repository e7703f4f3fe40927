"""The unit that a cell names: by code, full name or short name, in any case."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from uuid import UUID

from lingkar.directory.orgs import queries as orgs
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.cells import shown, simple

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as far as an import needs it."""

    pk: str
    name: str
    path: str
    valid_from: date


@dataclass
class Units:
    """The units of the agency, and what the words of the sheet were found to mean."""

    named: dict[str, list[Place]] = field(default_factory=dict)
    by_id: dict[str, Place] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    found: dict[tuple[str, str], Place | Refused] = field(default_factory=dict)

    @classmethod
    def of(cls, agency: UUID, day: date) -> "Units":
        named: defaultdict[str, list[Place]] = defaultdict(list)
        made = cls()
        for unit in orgs.units_in(agency, day=day):
            place = Place(str(unit.pk), unit.name, unit.path, unit.valid_from)
            made.by_id[place.pk] = place
            made.names[simple(unit.name)] = unit.name
            for word in {simple(unit.code), simple(unit.name), simple(unit.short_name)} - {""}:
                named[word].append(place)
        made.named = dict(named)
        return made

    def of_words(self, words: str, above: str = "") -> Place:
        """The unit that ``words`` name, within the one that ``above`` names where there are several.

        ``Refused``: unknown, with the names that come nearest; or more than one, with where they stand.
        """
        key = (words, above)
        if key not in self.found:
            self.found[key] = self._look_up(words, above)
        found = self.found[key]
        if isinstance(found, Refused):
            raise found
        return found

    def _look_up(self, words: str, above: str) -> Place | Refused:
        places = self.named.get(simple(words), [])
        if len(places) > 1 and above:
            tops = [place.path for place in self.named.get(simple(above), [])]
            places = [place for place in places if place.path.startswith(tuple(tops))] if tops else places
        if len(places) == 1:
            return places[0]
        if places:
            return Refused("people.unit_not_one", value=shown(words), count=len(places))
        near = [self.names[word] for word in get_close_matches(simple(words), self.names, NEAREST, 0.6)]
        if near:
            return Refused("people.unit_not_found", value=shown(words), near=" · ".join(near))
        return Refused("people.unit_not_known", value=shown(words))

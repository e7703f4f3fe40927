"""What somebody is told of what is held about them, and the requests that wait for an answer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lingkar.directory.people import access
from lingkar.directory.people.models import Answer, Correction, Erasure, Person
from lingkar.directory.people.queries.persons import person_of
from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.privacy.registry import Holder, keepers
from lingkar.foundation.sheets.cells import simple


@dataclass(frozen=True)
class Part:
    """What one module holds about somebody."""

    name: str
    label: str
    rows: list[dict[str, Any]]
    kept: str


def my_data(by: Actor, only: Collection[str] = ()) -> list[Part]:
    """Everything that this installation holds about whoever is signed in, by module; ``only`` names some parts."""
    person = person_of(by.person or NOBODY)
    keys = keys_of(person) if person else frozenset[str]()
    holder = Holder(agency=by.agency, account=by.person, person=person.pk if person else None, keys=keys)
    wanted = [keeper for keeper in keepers() if not only or keeper.name in only]
    return [Part(k.name, str(k.label), list(_told(k.export(holder))), str(k.kept)) for k in wanted]


def keys_of(person: Person) -> frozenset[str]:
    """What an imported list calls somebody by: the number, else the address, else the name and institution."""
    if person.nip:
        return frozenset({person.nip})
    named = f"~{simple(person.name)} {simple(person.institution)}"
    return frozenset({named, f"@{person.email}"} if person.email else {named})


def _told(rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {str(heading): value for heading, value in row.items()}


def kept_by_law() -> list[str]:
    """What an erasure leaves, and why: a sentence for each part."""
    return list(dict.fromkeys(str(keeper.kept) for keeper in keepers() if keeper.kept))


def own_corrections(by: Actor) -> QuerySet[Correction]:
    """What one asked for oneself, the newest first."""
    return Correction.objects.filter(account=by.person or NOBODY).order_by("-asked_at", "pk")


def corrections(by: Actor, *, is_open: bool = True) -> QuerySet[Correction]:
    """Requests about people whose records ``by`` keeps; open ones by their deadline."""
    rows = Correction.objects.filter(access.kept_by(by, "person"), agency=by.agency).select_related("account", "person")
    rows = rows.filter(state=Answer.OPEN) if is_open else rows.exclude(state=Answer.OPEN)
    return rows.order_by("due_at" if is_open else "-answered_at", "pk")


def correction_seen_by(by: Actor, correction: UUID) -> Correction:
    """One request, for somebody who keeps that record; ``Unseen`` otherwise."""
    access.demand_records(by)
    found = (corrections(by) | corrections(by, is_open=False)).filter(pk=correction).first()
    if found is None:
        raise Unseen
    return found


def open_corrections(by: Actor) -> int:
    """How many requests wait for ``by``."""
    return corrections(by).count() if access.keeps_records(by) else 0


def erasures(by: Actor) -> QuerySet[Erasure]:
    """Erasures, asked for and decided, of people whose records ``by`` keeps; those that wait come first."""
    rows = Erasure.objects.filter(access.kept_by(by, "person"), agency=by.agency).select_related("person")
    return rows.order_by("state", "-asked_at")

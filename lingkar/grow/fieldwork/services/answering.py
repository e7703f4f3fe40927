"""A mentor answers an entry."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Actor, Forbidden
from lingkar.foundation.audit.services import record
from lingkar.grow.fieldwork import access, rules
from lingkar.grow.fieldwork.access import Action
from lingkar.grow.fieldwork.models import Word


@transaction.atomic
def answer(*, entry: UUID, words: str, by: Actor, at: datetime) -> None:
    """Say a word to an entry of somebody whom one guides. The same words twice in a row are one word."""
    item = access.fetch(by, entry, Action.ANSWER, lock=True)
    person = person_of(by.person) if by.person else None
    if person is None or person.pk == item.participant.person_id:
        raise Forbidden
    plain = rules.check_word(words)
    last = item.said.order_by("-at", "-id").first()
    if last is not None and (last.person_id, last.words) == (person.pk, plain):
        return
    Word.objects.create(agency_id=by.agency, entry=item, person=person, words=plain, at=at)
    item.answered_at = item.answered_at or at
    item.save(update_fields=["answered_at"])
    record(by, "fieldwork.answered", item, at=at)

"""What people may ask about their own data: a correction, and to be forgotten."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from lingkar.directory.people import access, notices
from lingkar.directory.people.access import Action
from lingkar.directory.people.models import Account, Answer, Correction, Erasure, ErasureState, Person
from lingkar.directory.people.parameters import CORRECTION_HOURS
from lingkar.directory.people.queries.accounts import holders_of, own_account
from lingkar.directory.people.queries.persons import person_of
from lingkar.directory.people.queries.rights import correction_seen_by, erasures, keys_of
from lingkar.directory.people.rules import rights
from lingkar.directory.people.services.accounts import shut
from lingkar.foundation.access import Actor, Unseen, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.notify.services import tell
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.privacy.registry import Holder, keepers
from lingkar.foundation.refusals import Refused


@transaction.atomic
def ask_correction(*, subject: str, text: str, key: UUID, by: Actor, at: datetime) -> Correction:
    """Say that something recorded about oneself is wrong. The law's clock starts now. The same ``key`` counts once."""
    account = own_account(by)
    hours = value(CORRECTION_HOURS, agency=by.agency, on=timezone.localdate(at))
    person = person_of(account.pk)
    row, is_new = Correction.objects.get_or_create(
        agency_id=by.agency,
        account=account,
        key=key,
        defaults={
            "person": person,
            "subject": subject,
            "text": text.strip(),
            "asked_at": at,
            "due_at": rights.due(at, hours),
        },
    )
    if is_new:
        record(by, "people.correction_asked", row, at=at, about=subject)
        _tell_keepers(row, person, by, at)
    return row


def _tell_keepers(row: Correction, person: Person | None, by: Actor, at: datetime) -> None:
    for keeper in _keepers_of(person, but=row.account_id, at=at):
        url = reverse("people:correction", args=[row.pk])
        tell(recipient=keeper.pk, kind=notices.ASKED, subject=row, url=url, by=by, at=at)


def _keepers_of(person: Person | None, *, but: UUID, at: datetime) -> QuerySet[Account]:
    """Those who keep the record of somebody, twenty at most."""
    path = access.path_of(person) if person else ""
    return holders_of(Action.RECORDS, path, day=timezone.localdate(at)).exclude(pk=but)[:20]


@transaction.atomic
def answer_correction(*, correction: UUID, granted: bool, answer: str, by: Actor, at: datetime) -> None:
    """Answer a request, with words that its owner reads. What is corrected is changed on the record itself."""
    correction_seen_by(by, correction)
    row = Correction.objects.select_for_update().get(pk=correction)
    rights.check_answer(is_open=row.state == Answer.OPEN, reason=answer, is_self=row.account_id == by.person)
    row.state = Answer.GRANTED if granted else Answer.REFUSED
    row.answer, row.answered_at, row.answered_by = answer.strip(), at, by.person
    row.save()
    late = at > row.due_at
    record(by, "people.correction_answered", row, at=at, state=str(row.state), late=late)
    tell(recipient=row.account_id, kind=notices.ANSWERED, subject=row, url=reverse("people:me"), by=by, at=at)


@transaction.atomic
def ask_erasure(*, person: UUID, reason: str, by: Actor, at: datetime) -> Erasure:
    """Ask that somebody be forgotten. A second person decides."""
    item = fetch(access.PersonPolicy(), by, person, Action.RECORDS, lock=True)
    if by.person is None or item.account_id == by.person:
        raise Refused("people.own_record")
    rights.check_erasure(status=item.status, reason=reason)
    try:
        with transaction.atomic():
            row = Erasure.objects.create(
                agency_id=by.agency, person=item, reason=reason, asked_by=by.person, asked_at=at
            )
    except IntegrityError:
        raise Refused("people.erasure_asked") from None
    record(by, "people.erasure_asked", row, at=at, person=item.pk, reason=reason)
    for keeper in _keepers_of(item, but=by.person, at=at):
        tell(recipient=keeper.pk, kind=notices.ERASURE_ASKED, subject=row, url=reverse("people:erasures"), by=by, at=at)
    return row


@transaction.atomic
def decide_erasure(*, erasure: UUID, approve: bool, by: Actor, at: datetime) -> None:
    """Approve an erasure, which carries it out at once and for good, or decline it. Never whoever asked for it.

    The person is looked at anew: who serves again meanwhile stays, whoever asked.
    """
    found = erasures(by).filter(pk=erasure).first()
    if found is None:
        raise Unseen
    item = fetch(access.PersonPolicy(), by, found.person_id, Action.RECORDS, lock=True)
    row = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure)
    is_open = row.state == ErasureState.ASKED
    rights.check_decision(is_open=is_open, asked_by=row.asked_by, by=by.person, account=item.account_id)
    if approve:
        rights.check_erasure(status=item.status, reason=row.reason)
    row.state = ErasureState.DONE if approve else ErasureState.DECLINED
    row.decided_by, row.decided_at = by.person, at
    if approve:
        row.outcome = _forget(item, by=by, at=at)
    row.save()
    record(by, f"people.erasure_{row.state}", row, at=at, person=item.pk)


def _forget(item: Person, *, by: Actor, at: datetime) -> dict[str, object]:
    """Have every module forget somebody; what each erased, and which of them keep something."""
    holder = Holder(agency=item.agency_id, account=item.account_id, person=item.pk, keys=keys_of(item))
    account = Account.objects.filter(pk=item.account_id).first() if item.account_id else None
    if account and account.is_active:
        shut(account, by=by, at=at)
    erased = {keeper.name: keeper.erase(holder, at) for keeper in keepers() if keeper.erase}
    return {"erased": erased, "kept": [keeper.name for keeper in keepers() if keeper.kept]}

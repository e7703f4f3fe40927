"""Tell somebody something."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import translation
from procrastinate.contrib.django import app

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.notify import access, letters, rules
from lingkar.foundation.notify.channels import Channel, Letter, NotSent, channel
from lingkar.foundation.notify.models import Message, MessageState, Notification
from lingkar.foundation.notify.notices import text_of
from lingkar.foundation.privacy.cipher import decrypt, encrypt
from lingkar.foundation.tenancy.models import Agency

log = logging.getLogger(__name__)

LOST_AFTER = timedelta(minutes=15)
"""After this long without a word the sender of a letter is taken for dead, and a job for lost."""
LONGEST_DETAIL = 80


def tell(
    *, recipient: UUID, kind: str, subject: Model, url: str, by: Actor, at: datetime, **details: str | int
) -> Notification:
    """Put a notification into the inbox of the account ``recipient``, within the running transaction.

    ``kind`` was declared with ``notice``; ``url`` is a path of this installation. Not audited: the act it tells of is.
    """
    if any(isinstance(value, str) and len(value) > LONGEST_DETAIL for value in details.values()):
        raise ValueError("a detail of a notification is an id, a code or a number, never somebody's words")
    _ = text_of(kind) % details
    return Notification.objects.create(
        agency_id=by.agency,
        recipient=recipient,
        kind=kind,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        details=details,
        url=rules.check_path(url),
        created_at=at,
    )


@transaction.atomic
def mark_read(*, notification: UUID, by: Actor, at: datetime) -> Notification:
    """Note that ``by`` opened a notification of theirs; the first time counts."""
    row = access.own_notifications(by).filter(pk=notification).first()
    if row is None:
        raise Unseen
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
    return row


@transaction.atomic
def mark_all_read(*, by: Actor, at: datetime) -> int:
    """Note that ``by`` has seen everything; returns how many were unread."""
    return access.own_notifications(by).filter(read_at=None, created_at__lte=at).update(read_at=at)


@transaction.atomic
def mail(
    *,
    address: str,
    template: str,
    context: Mapping[str, Any],
    key: str,
    agency: UUID,
    at: datetime,
    about: str = "",
    language: str | None = None,
) -> Message:
    """Write a letter and queue it, within the running transaction: it leaves if and only if that commits.

    ``template`` is a text ("reports/mail/receipt.txt") whose first line is the subject. A second letter with the same
    ``key`` is not written. ``about`` names the row it tells of, for ``forget_address``. Refused when ``address`` is not
    an e-mail address.
    """
    sender = Agency.objects.get(pk=agency).name
    words = letters.write(template, context, sender=sender, language=language or translation.get_language() or "id")
    return _queue(address, words, template=template, key=key, agency=agency, about=about, at=at)


@transaction.atomic
def mail_words(
    *, address: str, subject: str, text: str, template: str, key: str, agency: UUID, at: datetime, about: str = ""
) -> Message:
    """Queue a letter whose words are written already, as by the sign-in library."""
    sender = Agency.objects.get(pk=agency).name
    words = letters.plain(subject, text, sender=sender, language=translation.get_language() or "id")
    return _queue(address, words, template=template, key=key, agency=agency, about=about, at=at)


def _queue(
    address: str, words: letters.Written, *, template: str, key: str, agency: UUID, about: str, at: datetime
) -> Message:
    fields = {
        "address": encrypt(rules.check_address(address)),
        "letter": letters.seal(words),
        "template": template,
        "about": about,
        "created_at": at,
        "changed_at": at,
        "due_at": at,
    }
    row, is_new = Message.objects.get_or_create(agency_id=agency, key=key, defaults=fields)
    if is_new:
        _defer(row)
    return row


def _defer(row: Message, wait: timedelta = timedelta()) -> None:
    task = app.configure_task("notify.deliver", schedule_in={"seconds": int(wait.total_seconds())} if wait else None)
    task.defer(message=str(row.pk), agency=str(row.agency_id))


def deliver(*, message: UUID, at: datetime) -> None:
    """Send a queued letter once. Called by the job, outside any transaction.

    That it is being sent is committed before the first byte leaves. Should the process die before the outcome is
    known, the letter becomes "uncertain", and only a person sends it again: better a letter too few, which somebody
    sees on a list, than the same letter twice (docs/decisions/0031).
    """
    row = _claim(message, at)
    if row is None:
        return
    way = channel(row.channel)
    fault = _send(way, row)
    _settle(row, fault, at)


@transaction.atomic
def _claim(message: UUID, at: datetime) -> Message | None:
    """The letter, marked as being sent; None when there is nothing to send any more."""
    row = Message.objects.select_for_update().filter(pk=message).first()
    if row is None:
        return None
    if row.state == MessageState.SENDING and not channel(row.channel).repeats_safely:
        _move(row, MessageState.UNCERTAIN, at, fault="interrupted")  # a try before this one never came back
        return None
    if row.state == MessageState.QUEUED:
        row.attempts += 1
        _move(row, MessageState.SENDING, at)
    return row if row.state == MessageState.SENDING else None


def _send(way: Channel, row: Message) -> NotSent | Exception | None:
    """What went wrong: ``NotSent`` when it clearly did not arrive, another exception when nobody knows."""
    try:
        way.send(_letter(row))
    except NotSent as fault:
        return fault
    except Exception as fault:
        return fault
    return None


def _letter(row: Message) -> Letter:
    """The letter in clear. One that cannot be opened or written will never be sent."""
    try:
        words = letters.unseal(row.letter)
        return Letter(
            id=row.pk,
            sender=words.sender,
            address=decrypt(row.address),
            subject=words.subject,
            text=words.text,
            html=letters.html_of(words),
            language=words.language,
            written_at=row.created_at,
        )
    except Exception:
        raise NotSent("unreadable", is_final=True) from None


@transaction.atomic
def _settle(claimed: Message, fault: NotSent | Exception | None, at: datetime) -> None:
    """Write down how the try ended, unless the letter has moved on to another try since."""
    row = Message.objects.select_for_update().filter(pk=claimed.pk, attempts=claimed.attempts).first()
    if row is None or row.state not in (MessageState.SENDING, MessageState.UNCERTAIN):
        return
    if fault is None:
        _move(row, MessageState.SENT, at)
    elif row.state == MessageState.SENDING:
        _not_sent(row, fault, at)


def _not_sent(row: Message, fault: NotSent | Exception, at: datetime) -> None:
    if not row.address:  # forgotten while it was on its way
        _move(row, MessageState.DROPPED, at)
        return
    if not isinstance(fault, NotSent):
        log.warning("letter %s is uncertain: %s", row.pk, type(fault).__name__)
        _move(row, MessageState.UNCERTAIN, at, fault=type(fault).__name__.lower()[:40])
        return
    wait = None if fault.is_final else rules.wait_after(row.attempts)
    log.warning("letter %s was not sent: %s", row.pk, fault.fault)
    if wait is None:
        _move(row, MessageState.FAILED, at, fault=fault.fault)
    else:
        row.due_at = at + wait
        _move(row, MessageState.QUEUED, at, fault=fault.fault)
        _defer(row, wait)


def _move(row: Message, state: MessageState, at: datetime, *, fault: str = "") -> None:
    """The letter in its new state. What is not needed any more is erased in the same step."""
    rules.check_step(row.state, state)
    row.state, row.changed_at, row.fault = state, at, fault
    if state in (MessageState.SENT, MessageState.DROPPED):
        row.address = row.letter = b""
    row.save()


@transaction.atomic
def send_again(*, message: UUID, by: Actor, at: datetime) -> None:
    """A person decides that a failed or uncertain letter is sent (once more). Keeps its Message-ID."""
    row = _of_operator(message, by)
    row.attempts, row.due_at = 0, at
    _move(row, MessageState.QUEUED, at)
    _defer(row)
    record(by, "notify.letter_sent_again", row, at=at)


@transaction.atomic
def drop(*, message: UUID, by: Actor, at: datetime) -> None:
    """A person decides that a failed or uncertain letter is not sent any more; its address is erased."""
    row = _of_operator(message, by)
    _move(row, MessageState.DROPPED, at, fault=row.fault)
    record(by, "notify.letter_dropped", row, at=at)


def _of_operator(message: UUID, by: Actor) -> Message:
    row = access.letters(by).defer(None).select_for_update().filter(pk=message).first()
    if row is None:
        raise Unseen
    return row


@transaction.atomic
def forget_address(*, about: str, agency: UUID, at: datetime) -> int:
    """Erase address and words of every letter about one row, sent or not; returns how many were touched.

    Called when the purpose for which the address was given has ended. What was not sent yet is given up.
    """
    rows = list(Message.objects.select_for_update().filter(agency=agency, about=about).exclude(address=b""))
    for row in rows:
        row.address = row.letter = b""
        if row.state != MessageState.SENDING:
            _move(row, MessageState.DROPPED, at, fault=row.fault)
        else:
            row.save()
    return len(rows)


@transaction.atomic
def settle_lost(*, at: datetime) -> int:
    """Find letters whose sender died or whose job was lost, in the agency in scope; returns how many.

    A letter "being sent" for too long becomes uncertain; a queued one that is long due gets a new job.
    """
    open_rows = Message.objects.select_for_update(skip_locked=True)
    sending = list(open_rows.filter(state=MessageState.SENDING, changed_at__lt=at - LOST_AFTER))
    overdue = list(open_rows.filter(state=MessageState.QUEUED, due_at__lt=at - LOST_AFTER))
    for row in sending:
        _move(row, MessageState.UNCERTAIN, at, fault="interrupted")
    for row in overdue:
        _defer(row)
    return len(sending) + len(overdue)

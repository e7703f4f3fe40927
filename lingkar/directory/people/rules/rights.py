"""When somebody who asks about their own data is answered, and who may decide. Pure."""

from datetime import datetime, timedelta
from uuid import UUID

from lingkar.foundation.refusals import Refused

REASONS = ("asked", "left", "recorded_twice", "no_basis")
"""Why somebody is forgotten: they asked and nothing stands against it, they left and the time of keeping is over, they
were recorded by mistake, or there never was a basis."""
SUBJECTS = ("name", "nip", "birth", "sex", "golongan", "education", "contact", "placement", "status", "other")


def due(asked: datetime, hours: int) -> datetime:
    """The end of the time to answer: hours that run on day and night, weekends too, as the law counts them."""
    return asked + timedelta(hours=hours)


def check_answer(*, is_open: bool, reason: str, is_self: bool) -> None:
    """A request is answered once, with words, and not by whoever asked."""
    if is_self:
        raise Refused("people.own_record")
    if not is_open:
        raise Refused("people.correction_answered")
    if not reason.strip():
        raise Refused("people.answer_needed")


def check_erasure(*, status: str, reason: str) -> None:
    """Somebody who serves the agency is not forgotten: the law has it keep their record."""
    if reason not in REASONS:
        raise Refused("people.reason_needed")
    if status == "active" and reason in ("asked", "left"):
        raise Refused("people.still_serves")


def check_decision(*, is_open: bool, asked_by: UUID, by: UUID | None, account: UUID | None) -> None:
    """Two people: the one who asks never decides, and neither of them is the one whom it is about."""
    if not is_open:
        raise Refused("people.erasure_decided")
    if by == asked_by:
        raise Refused("people.second_person")
    if account is not None and account in (by, asked_by):
        raise Refused("people.own_record")

"""The devices on which somebody is signed in."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from lingkar.directory.people.models import Account
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.access.limits import forget_expired
from lingkar.foundation.audit.services import record


def open_sessions(account: Account, *, at: datetime) -> QuerySet[UserSession]:
    """Sessions of an account that have not run out, the one used last first."""
    living = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    rows: QuerySet[UserSession] = UserSession.objects.filter(Exists(living), user=account)
    return rows.order_by("-last_seen_at")


@transaction.atomic
def end_session(account: Account, session: int, *, by: Actor, at: datetime) -> None:
    """Sign one device out. It finds out with its next request."""
    found = UserSession.objects.filter(user=account, pk=session).first()
    if found is None:
        raise Unseen
    _end(UserSession.objects.filter(pk=found.pk))
    record(by, "people.session_ended", account, at=at)


@transaction.atomic
def end_all_sessions(account: Account, *, but: str = "", by: Actor, at: datetime) -> int:
    """Sign every device out, except the session with the key ``but``; returns how many."""
    ended = _end(UserSession.objects.filter(user=account).exclude(session_key=but))
    record(by, "people.sessions_ended", account, at=at, count=ended)
    return ended


def seen(key: str, *, at: datetime) -> None:
    """Note that the session with this key is in use."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=at)


def forget_ended() -> None:
    """Remove sessions that ran out, what was kept about their devices, and counters that ran out."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    living = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.exclude(Exists(living)).delete()
    forget_expired(now)


def _end(sessions: QuerySet[UserSession]) -> int:
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)


def forget_sessions(account: Account) -> int:
    """Remove everything about the devices of an account; returns how many there were."""
    return _end(UserSession.objects.filter(user=account))

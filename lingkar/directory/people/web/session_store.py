"""Sessions in the database, as Django keeps them, read with a prepared question: every signed-in page asks it."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from lingkar.foundation.tenancy.prepared import prepared


class SessionStore(db.SessionStore):
    """Set by ``SESSION_ENGINE``."""

    def _get_session_from_db(self) -> Session | None:
        rows: list[Session] = _living(key=str(self.session_key), at=timezone.now())
        if not rows:
            self._session_key = None
        return rows[0] if rows else None


@prepared
def _living(*, key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)

"""Sessions in the database, as Django keeps them, read with a prepared question: every signed-in page asks it."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
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

    def save(self, must_create: bool = False) -> None:
        """As Django's; a session that is there already is kept with one statement instead of three."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]  # not in the stubs
        kept = {"session_data": row.session_data, "expire_date": row.expire_date}
        if not Session.objects.filter(pk=row.session_key).update(**kept):
            raise UpdateError


@prepared
def _living(*, key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)

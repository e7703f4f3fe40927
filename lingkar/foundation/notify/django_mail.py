"""Django's way of sending mail, led through our queue: the sign-in library's letters go out like all others."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID, uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_scopes import get_scope

from lingkar.foundation.notify import services
from lingkar.foundation.notify.notices import SIGN_IN
from lingkar.foundation.refusals import Refused


class Queue(BaseEmailBackend):
    """Set as ``EMAIL_BACKEND``. Writes one letter per recipient within the running transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were queued. An address that cannot be one is passed over: no page may fail because of it."""
        agency: UUID = get_scope()["agency"]
        done = 0
        for mail in email_messages:
            with suppress(Refused):
                for address in mail.recipients():
                    self._queue(mail, address, agency)
                done += 1
        return done

    def _queue(self, mail: EmailMessage, address: str, agency: UUID) -> None:
        services.mail_words(
            address=address,
            subject=str(mail.subject),
            text=str(mail.body),
            template=SIGN_IN,
            key=f"django:{uuid4()}",
            agency=agency,
            at=timezone.now(),
        )

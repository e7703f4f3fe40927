"""Work in the background: letters about accounts, and forgetting sessions that are over."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lingkar.directory.people import mail, services, sessions
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.queries import working_for

RETRY = RetryStrategy(max_attempts=6, exponential_wait=4)


@app.task(name="people.mail", retry=RETRY)
def mail_account(kind: str, account: str, base: str, letter: str) -> None:
    """Write one letter to the holder of an account, if there is one."""
    mail.write(mail.Kind(kind), UUID(account), base=base, letter=UUID(letter), at=timezone.now())


@app.task(name="people.invite_many", retry=RETRY)
def invite_many(agency: str, invitations: str) -> None:
    """Open the accounts of a round, a hundred in each transaction, until none is left."""
    by = Actor.system(UUID(agency))
    with working_for(by.agency):
        while services.invite_next(invitations=UUID(invitations), by=by, at=timezone.now()):
            pass


@app.periodic(cron="23 3 * * *")
@app.task(name="people.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Every night: forget ended sessions with their addresses and browsers, and counters that ran out."""
    with transaction.atomic():
        sessions.forget_ended()

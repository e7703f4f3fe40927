"""Tickets: a page hands somebody on to a page of a module that it does not know, once, and without saying who they are.

A ticket names what it is about and an occasion that means nothing elsewhere: the same occasion always gives the same
ticket, so that whoever takes it can see that it was taken before. It is signed; nobody else can write one.
"""

from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer

from lingkar.foundation.privacy.codes import digest

OCCASION_LENGTH = 24


class Ticket(NamedTuple):
    """What a ticket says."""

    about: str
    occasion: str


def ticket_for(*, about: str, occasion: str) -> str:
    """A ticket about something (a code: letters, digits, dashes) for an occasion, which nobody can read from it."""
    opaque = digest(settings.SECRET_KEY, "ticket", occasion)[:OCCASION_LENGTH]
    return _signer().sign(f"{about}~{opaque}")


def read_ticket(ticket: str) -> Ticket | None:
    """What a ticket says; nothing for one that was not written here."""
    try:
        about, _, opaque = _signer().unsign(ticket).partition("~")
    except BadSignature:
        return None
    return Ticket(about, opaque)


def _signer() -> Signer:
    return Signer(salt="ticket", sep=".")

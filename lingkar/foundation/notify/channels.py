"""The port through which letters leave, and its adapters: an SMTP server, or files where none is set."""

import contextlib
import errno
import os
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True)
class Letter:
    """A letter ready to leave. ``id`` is the same at every try, so a receiver can tell a repeat."""

    id: UUID
    sender: str
    address: str
    subject: str
    text: str
    html: str
    language: str
    written_at: datetime


class NotSent(Exception):  # noqa: N818  (an answer of the channel, not a fault of ours)
    """The letter clearly did not arrive. ``is_final``: trying again would not help. ``fault`` holds no address."""

    def __init__(self, fault: str, *, is_final: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.is_final = is_final


class Channel(Protocol):
    """A way out. Any exception but ``NotSent`` means that nobody can say whether the letter arrived."""

    repeats_safely: bool
    """Whether sending the same letter twice leaves one: then a crash in between needs no person to decide."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; returns only when it was accepted."""
        ...


_CHANNELS: dict[str, Callable[[], Channel]] = {}


def register(name: str, make: Callable[[], Channel]) -> None:
    """Add a way out under ``name``, such as a messenger of ``connect``."""
    _CHANNELS[name] = make


def channel(name: str) -> Channel:
    """The channel called ``name``, made anew for one letter."""
    return _CHANNELS[name]()


def as_email(letter: Letter) -> EmailMessage:
    """The letter as a mail of two forms: plain text, and the same in simple HTML."""
    host = settings.MAIL_FROM.rpartition("@")[2]
    mail = EmailMessage(policy=WIRE)
    mail["Message-ID"] = f"<{letter.id}@{host}>"
    mail["Date"] = letter.written_at
    mail["From"] = Address(letter.sender, addr_spec=settings.MAIL_FROM)
    mail["To"] = letter.address
    mail["Subject"] = letter.subject
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = letter.language  # last: setting the content drops such headers
    return mail


def _bytes(letter: Letter) -> bytes:
    """The mail as it travels. One that cannot be written can never be sent."""
    try:
        return as_email(letter).as_bytes()
    except Exception:
        raise NotSent("unwritable", is_final=True) from None


class Folder:
    """Writes each letter as ``LINGKAR_HOME/mail/<id>.eml``, for an installation without a mail server."""

    repeats_safely = True

    def send(self, letter: Letter) -> None:
        """The file appears whole or not at all; a repeat writes nothing."""
        content = _bytes(letter)
        place = Path(settings.HOME) / "mail"
        place.mkdir(mode=0o700, exist_ok=True)
        draft = place / f".{letter.id}.{os.getpid()}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.link(draft, place / f"{letter.id}.eml")
        except FileExistsError:
            pass  # a try before this one wrote it
        except OSError as fault:
            raise NotSent(errno.errorcode.get(fault.errno or 0, "disk")) from None
        finally:
            draft.unlink(missing_ok=True)


LEADING_DOT = re.compile(rb"(?m)^\.")
OK, GO_ON = 250, 354
FOR_GOOD = range(500, 600)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Server:
    """A mail server, as ``SMTP_URL`` names it: ``smtp://user:password@host:587`` or ``smtps://…:465``."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool

    @classmethod
    def of(cls, url: str) -> "Server":
        """``smtp`` speaks TLS when the server offers it; ``smtps`` from the first byte."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parse_qs(parts.query):
            raise ValueError("SMTP_URL must look like smtp://user:password@host:port or smtps://…")
        is_tls = parts.scheme == "smtps"
        port = parts.port or (465 if is_tls else 587)
        return cls(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), is_tls)


@dataclass(frozen=True)
class Smtp:
    """Sends through a mail server, and knows at each moment whether the server can have taken the letter."""

    server: Server
    seconds: float = 20.0
    repeats_safely = False

    def send(self, letter: Letter) -> None:
        """Until the closing dot has left, any trouble means "not sent"; after it, only the server's answer counts."""
        content = _bytes(letter)
        try:
            line = self._connected()
        except (OSError, smtplib.SMTPException) as fault:
            raise NotSent(_name(fault)) from None
        try:
            self._write(line, letter.address, content)
            _close_letter(line)
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.putcmd("quit")
        finally:
            line.close()

    def _connected(self) -> smtplib.SMTP:
        kind = smtplib.SMTP_SSL if self.server.is_tls else smtplib.SMTP
        line = kind(self.server.host, self.server.port, timeout=self.seconds)
        try:
            self._greet(line)
        except BaseException:
            line.close()
            raise
        return line

    def _greet(self, line: smtplib.SMTP) -> None:
        line.ehlo()
        if not self.server.is_tls and line.has_extn("starttls"):
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
        if self.server.user:
            if not isinstance(line.sock, ssl.SSLSocket) and self.server.host not in LOOPBACK:
                raise NotSent("no_tls_for_the_password")
            line.login(self.server.user, self.server.password)

    def _write(self, line: smtplib.SMTP, address: str, content: bytes) -> None:
        """Everything up to the closing dot: a server drops what it did not see the end of (RFC 5321, 4.1.1.4)."""
        try:
            _demand(line.mail(settings.MAIL_FROM), OK)
            _demand(line.rcpt(address), OK)
            _demand(line.docmd("DATA"), GO_ON)
            line.send(LEADING_DOT.sub(b"..", content))
        except (OSError, smtplib.SMTPException) as fault:
            raise NotSent(_name(fault)) from None


def _close_letter(line: smtplib.SMTP) -> None:
    """The closing dot and the server's answer. A refusal is clear; silence is not, and goes up as it is."""
    line.send(b".\r\n")
    _demand(line.getreply(), OK)


def _demand(answer: tuple[int, bytes], wanted: int) -> None:
    code = answer[0]
    if code == -1:
        raise smtplib.SMTPServerDisconnected
    if code != wanted and not (wanted == OK and code == OK + 1):
        raise NotSent(f"smtp_{code}", is_final=code in FOR_GOOD)


def _name(fault: Exception) -> str:
    """What went wrong, without the server's words: they may repeat the address."""
    code = getattr(fault, "smtp_code", None)
    return f"smtp_{code}" if isinstance(code, int) else type(fault).__name__.lower()[:40]


def _email() -> Channel:
    return Smtp(Server.of(settings.SMTP_URL)) if settings.SMTP_URL else Folder()


register("email", _email)

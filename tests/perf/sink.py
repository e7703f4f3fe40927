"""A mail server that keeps nothing but who got what, how often."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from tests.perf.tree import HOST, free_port


@dataclass(frozen=True)
class Mail:
    """One mail as it was taken in."""

    id: str
    to: tuple[str, ...]
    subject: str
    body: str
    headers: tuple[tuple[str, str], ...]


class Sink:
    """Takes every mail. ``on_next`` is called once, after a mail was taken in and before its sender is told so."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.port = free_port()
        self._hooks: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._controller = Controller(self, hostname=HOST, port=self.port)

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    def __enter__(self) -> "Sink":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            self._controller.stop()

    def on_next(self, hook: Callable[[], None]) -> None:
        with self._lock:
            self._hooks.append(hook)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        read = message_from_bytes(envelope.content)
        body = read.get_payload(decode=True) if not read.is_multipart() else envelope.content
        headers = tuple((key, str(value)) for key, value in read.items())
        mail = Mail(
            read.get("Message-ID", ""),
            tuple(envelope.rcpt_tos),
            str(read.get("Subject", "")),
            bytes(body or b"").decode("utf-8", "replace"),
            headers,
        )
        with self._lock:
            self.mails.append(mail)
            hooks, self._hooks = self._hooks, []
        for hook in hooks:
            hook()
        return "250 taken"

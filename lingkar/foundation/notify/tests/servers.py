"""Mail servers for tests: a scripted one that answers, refuses, falls silent or hangs up at a chosen moment."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile

HANG_UP, SILENCE = b"hang up", b"silence"


class Scripted(threading.Thread):
    """Serves one connection after another; ``script`` gives the answer to a command, "." being the closing dot."""

    def __init__(self, script: dict[str, bytes]) -> None:
        super().__init__(daemon=True)
        self.script = script
        self.taken: list[bytes] = []
        self.connections = 0
        self.released = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            with line:
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        with line.makefile("rb") as read:
            if not self._answer(line, "CONNECT", b"220 ready"):
                return
            for command in read:
                word = command.strip().split(b" ")[0].split(b":")[0].upper().decode()
                if not self._answer(line, word, b"354 go on" if word == "DATA" else b"250 ok"):
                    return
                if word == "DATA" and self.script.get(word, b"354").startswith(b"354"):
                    content = b"".join(takewhile(lambda part: part not in (b"", b".\r\n"), iter(read.readline, None)))
                    if self.script.get(".") is None:
                        self.taken.append(content)
                    if not self._answer(line, ".", b"250 taken"):
                        return

    def _answer(self, line: socket.socket, word: str, usual: bytes) -> bool:
        """Whether the talk goes on."""
        answer = self.script.get(word, usual)
        if answer is SILENCE:
            self.released.wait(30)
        if answer in (HANG_UP, SILENCE):
            return False
        line.sendall(answer + b"\r\n")
        return word != "QUIT"

    def stop(self) -> None:
        self.released.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.join(5)


@contextmanager
def scripted(**script: bytes) -> Iterator[Scripted]:
    """A running server; ``DOT`` scripts the answer to the closing dot."""
    server = Scripted({"." if word == "DOT" else word: answer for word, answer in script.items()})
    server.start()
    try:
        yield server
    finally:
        server.stop()

"""A small load generator: raw keep-alive connections, so that little of the machine goes to measuring."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LONGEST_WAIT = 30.0
"""Seconds after which a request counts as failed."""


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower case) and body as they came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass
class Load:
    """What a number of requests gave."""

    seconds: float = 0.0
    generator_cpu: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Seconds within which ``share`` (0–1) of the requests were answered."""
        return sorted(self.latencies)[min(int(len(self.latencies) * share), len(self.latencies) - 1)]


@dataclass(frozen=True)
class Target:
    """One page of a server, asked for as a phone's browser does."""

    host: str
    port: int
    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)

    def request(self) -> bytes:
        lines = [
            f"GET {self.path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Accept: text/html",
            "Accept-Encoding: gzip",
            "Accept-Language: id",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def fetch(target: Target) -> Answer:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection(target.host, target.port)
    try:
        return await asyncio.wait_for(_ask(reader, writer, target.request()), LONGEST_WAIT)
    finally:
        writer.close()


async def hammer(target: Target, *, total: int, concurrency: int) -> Load:
    """``total`` requests over ``concurrency`` connections, each waiting for its answer before it asks again."""
    load = Load()
    left = iter(range(total))
    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_keep_asking(target, left, load) for _ in range(concurrency)))
    load.seconds, load.generator_cpu = time.perf_counter() - began, time.process_time() - cpu
    return load


async def _keep_asking(target: Target, left: Iterator[int], load: Load) -> None:
    reader, writer = await asyncio.open_connection(target.host, target.port)
    request = target.request()
    try:
        for _ in left:
            answer = await asyncio.wait_for(_ask(reader, writer, request), LONGEST_WAIT)
            load.statuses[answer.status] += 1
            load.latencies.append(answer.seconds)
    finally:
        writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answer:
    began = time.perf_counter()
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await _body(reader, headers)
    return Answer(int(head[0].split()[1]), headers, body, time.perf_counter() - began)


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)

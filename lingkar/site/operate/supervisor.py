"""One process that keeps the others running: starts them floor by floor, restarts what ends, stops all cleanly.

It knows nothing of Lingkar. Each part runs in a session of its own, so that Ctrl-C reaches this process alone and a
part is ended together with every process it made. Parts outlive a supervisor that was killed: they are noted in a
file, and the next supervisor of the same home ends them first.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from lingkar.site.home import SetupError

FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0
"""Seconds before a part is started again: doubled at each end, up to the longest."""
SETTLED_AFTER = 20.0
"""Seconds after which a part counts as running well, so that its next end is a first one."""
TRIES_BEFORE_READY = 4
READY_WITHIN = 90.0


@dataclass(frozen=True)
class Part:
    """A program to keep running, or with ``once`` to run to its end before the next floor starts."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    popen: Mapping[str, Any] = field(default_factory=dict)
    ready: Callable[[], bool] | None = None
    once: bool = False
    stop_with: signal.Signals = signal.SIGTERM
    patience: float = 15.0


def say(text: str) -> None:
    """One line for whoever watches the terminal or the journal. Where it cannot be written, work goes on."""
    with contextlib.suppress(OSError):
        print(f"lingkar: {text}", file=sys.stderr, flush=True)  # noqa: T201


class Supervisor:
    """Runs floors of parts; a floor starts when all parts of the one below are ready, and they stop in reverse."""

    def __init__(self, floors: Sequence[Sequence[Part]], *, note: "Leftovers", announce: Callable[[], None]) -> None:
        self.floors = floors
        self.announce = announce
        self.note = note
        self.running: dict[str, asyncio.subprocess.Process] = {}
        self.keepers: dict[str, asyncio.Task[None]] = {}
        self.came_up: set[str] = set()
        self.stopping = asyncio.Event()
        self.fault: SetupError | None = None

    async def run(self, *, listens: bool = True) -> None:
        """Run until a signal asks to stop; raises ``SetupError`` when a part cannot be started at all.

        Signals reach the main thread alone: elsewhere run without ``listens`` and call ``stop``.
        """
        if listens:
            self._listen()
        try:
            for floor in self.floors:
                await self._unless_stopping(asyncio.gather(*(self._bring_up(part) for part in floor)))
            if not self.stopping.is_set():
                self.announce()
            await self.stopping.wait()
        finally:
            self.stopping.set()
            await self._stop_all()
        if self.fault:
            raise self.fault

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self.stop)

    def stop(self) -> None:
        """End everything cleanly; asked a second time, at once."""
        if self.stopping.is_set():
            say("stopping at once")
            for process in self.running.values():
                _kill_group(process.pid)
        else:
            say("stopping …")
        self.stopping.set()

    async def _unless_stopping(self, work: "asyncio.Future[Any]") -> None:
        stop = asyncio.ensure_future(self.stopping.wait())
        await asyncio.wait((work, stop), return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if work.done():
            work.result()
        work.cancel()

    async def _bring_up(self, part: Part) -> None:
        if self.stopping.is_set():
            return
        if part.once:
            process = await self._start(part)
            if await self._ended(part, process) and not self.stopping.is_set():
                raise SetupError(f"{part.name} failed; its messages stand above")
            return
        self.keepers[part.name] = asyncio.create_task(self._keep(part), name=part.name)
        if part.ready:
            await self._until(part.ready, part)
        self.came_up.add(part.name)

    async def _until(self, ready: Callable[[], bool], part: Part) -> None:
        end = asyncio.get_running_loop().time() + READY_WITHIN
        while not await asyncio.to_thread(ready):
            if self.fault:
                raise self.fault
            if asyncio.get_running_loop().time() > end:
                raise SetupError(f"{part.name} does not answer; its messages stand above or in the folder logs")
            await asyncio.sleep(0.05)

    async def _keep(self, part: Part) -> None:
        """Start a part again, and again, until the supervisor stops."""
        clock = asyncio.get_running_loop().time
        failures = 0
        while not self.stopping.is_set():
            began = clock()
            how = await self._ended(part, await self._start(part))
            if self.stopping.is_set():
                return
            failures = 1 if clock() - began > SETTLED_AFTER else failures + 1
            if failures >= TRIES_BEFORE_READY and part.name not in self.came_up:
                self.fault = SetupError(f"{part.name} cannot be started ({_told(how)}); its messages stand above")
                self.stopping.set()
                return
            wait = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
            say(f"{part.name} ended ({_told(how)}); starting it again in {wait:.1f} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), wait)

    async def _start(self, part: Part) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *part.command,
            env={**os.environ, **part.env},
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            **part.popen,
        )
        self.running[part.name] = process
        if self.stopping.is_set():
            process.send_signal(part.stop_with)
        self.note.add(part.name, process.pid)
        return process

    async def _ended(self, part: Part, process: asyncio.subprocess.Process) -> int:
        how = await process.wait()
        _kill_group(process.pid)  # what it made must not go on without it, nor hold the port
        self.running.pop(part.name, None)
        self.note.remove(process.pid)
        return how

    async def _stop_all(self) -> None:
        for floor in reversed(self.floors):
            await asyncio.gather(*(self._stop(part) for part in floor))
        await asyncio.gather(*self.keepers.values(), return_exceptions=True)

    async def _stop(self, part: Part) -> None:
        process = self.running.get(part.name)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(part.stop_with)
        try:
            await asyncio.wait_for(process.wait(), part.patience)
        except TimeoutError:
            say(f"{part.name} did not stop within {part.patience:.0f} s; ending it")
        _kill_group(process.pid)
        await process.wait()


class Leftovers:
    """The file that says which processes run, so that a successor finds those of a supervisor that was killed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[int, tuple[str, float]] = {}

    def add(self, name: str, pid: int) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            self.rows[pid] = (name, psutil.Process(pid).create_time())
        self._write()

    def remove(self, pid: int) -> None:
        self.rows.pop(pid, None)
        self._write()

    def end_all(self) -> None:
        """End every noted process that still runs."""
        found = [(name, process) for name, process in self._alive()]
        for name, process in found:
            say(f"ending {name} (process {process.pid}), left by an earlier run")
            process.send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
        psutil.wait_procs([process for _, process in found], timeout=10)
        for _, process in found:
            _kill_group(process.pid)
        psutil.wait_procs([process for _, process in found], timeout=5)
        self.path.unlink(missing_ok=True)

    def _alive(self) -> list[tuple[str, psutil.Process]]:
        alive = []
        for pid, (name, created) in self._read().items():
            with contextlib.suppress(psutil.NoSuchProcess):
                process = psutil.Process(int(pid))
                if process.create_time() == created:
                    alive.append((name, process))
        return alive

    def _read(self) -> dict[str, tuple[str, float]]:
        try:
            rows: dict[str, tuple[str, float]] = json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return rows

    def _write(self) -> None:
        draft = self.path.with_suffix(".new")
        with contextlib.suppress(OSError):  # a full disk must not end the supervisor
            draft.write_text(json.dumps(self.rows))
            draft.replace(self.path)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _told(how: int) -> str:
    return f"killed by signal {-how}" if how < 0 else f"exit code {how}"

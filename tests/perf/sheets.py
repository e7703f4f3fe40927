"""What an import costs: ``python -m tests.perf.sheets``, part of ``make bench``.

A throw-away home with the fictional city; 20,000 people in a workbook and 1,000,000 in a text, each made up with a
valid NIP, a few of them wrong on purpose, imported by the command line with ``--commit``. Seconds from start to
end of the command (the embedded database starts and stops within), seconds of CPU of the command with its helpers and
of the database (these say something on a busy machine, too), and the highest resident memory of the command and its
helpers. It can fail: the rows that were planted wrong must be the ones that are refused, and all others must be new. A
number that somebody of the demo city has would be a change of that person: ``changed`` tells so.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

import psutil
import xlsxwriter

from tests.perf import machine
from tests.perf.tree import clean_environment, new_home, remove

CITY = "teluk-kawung"
HEADINGS = ("No", "NIP", "Nama", "Tempat, Tgl Lahir", "Pangkat/Gol", "Pendidikan", "Jabatan", "Unit Kerja", "TMT")
UNITS = ("dukcapil", "pupr", "dinkes", "disdik", "setda", "inspektorat")
PLACES = ("Tanjungpinang", "Bintan", "Karimun", "Lingga", "Natuna")
GRADES = ("II/c", "III/a", "III/b", "III/c", "III/d", "IV/a")
NAMES = ("Siti", "Budi", "Rina", "Agus", "Dewi", "Hendra", "Nur", "Yusuf", "Maria", "Ketut", "Made", "Rahmat")
FIRST_SERIAL = 600
"""Higher than the demo city counts: otherwise a few of a million have the number of somebody who lives there."""
EVERY = 1000
"""One line in so many is wrong on purpose: its unit is unknown."""


@dataclass(frozen=True)
class Figure:
    """What one import cost."""

    name: str
    rows: int
    seconds: float
    command_cpu: float
    database_cpu: float
    peak_mb: float
    new: int
    changed: int
    refused: int
    planted: int

    @property
    def is_right(self) -> bool:
        """Only what was planted is refused, and everybody else is new."""
        return self.refused == self.planted and self.new == self.rows - self.planted


def line(number: int, units: Sequence[str]) -> list[str]:
    """A made-up person. The number decides everything: no chance."""
    birth = date(1966, 1, 1) + timedelta(days=(number * 7) % 10_000)
    start = birth.year + 22 + number % 8
    sex = 1 + number % 2
    serial = FIRST_SERIAL + number // 30_000
    nip = f"{birth:%Y%m%d}{start}{1 + number % 12:02d}{sex}{serial:03d}"
    name = f"{NAMES[number % 12]} {NAMES[number // 12 % 12]} {NAMES[number // 144 % 12]}"
    unit = "Dinas Antah Berantah" if number % EVERY == EVERY - 1 else units[number % len(units)]
    since = f"{1 + number % 28:02d}-{1 + number % 12:02d}-2024"
    return [
        str(number + 1), f"'{nip}" if number % 3 else f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}", name,
        f"{PLACES[number % 5]}, {birth:%d-%m-%Y}", GRADES[number % 6], "S1", "Analis Kebijakan", unit, since,
    ]  # fmt: skip


def lines(count: int, units: Sequence[str]) -> Iterator[list[str]]:
    """So many people, none twice."""
    return (line(number, units) for number in range(count))


def workbook(path: Path, count: int, units: Sequence[str]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Pegawai")
    sheet.write_string(0, 0, "DAFTAR PEGAWAI")
    for row, cells in enumerate([HEADINGS, *lines(count, units)], start=2):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell)
    book.close()


def text(path: Path, count: int, units: Sequence[str]) -> None:
    with path.open("w", encoding="cp1252", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(lines(count, units))


class Watch(threading.Thread):
    """The highest resident memory of a process and its children; the CPU of these, and of the database of ``home``."""

    def __init__(self, process: psutil.Popen, home: Path) -> None:
        super().__init__(daemon=True)
        self.process, self.home, self.peak = process, home, 0
        self.over = threading.Event()
        self.command_cpu: dict[int, float] = {}
        self.database_cpu: dict[int, float] = {}

    def run(self) -> None:
        while not self.over.wait(0.1):
            family = _family(self.process)
            servers = {pid for one in self._servers() for pid in _note(_family(one), self.database_cpu)}
            own = [one for one in family if one.pid not in servers and not is_server(one)]
            _note(own, self.command_cpu)
            self.peak = max(self.peak, sum(map(resident, own)))

    def _servers(self) -> Iterator[psutil.Process]:
        for file in self.home.glob("*/postmaster.pid"):
            try:
                yield psutil.Process(int(file.read_text().split()[0]))
            except (psutil.Error, OSError, ValueError, IndexError):
                continue


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _note(processes: Sequence[psutil.Process], used: dict[int, float]) -> list[int]:
    """Remember the CPU of each, as far as it was seen: one that ends keeps what it had."""
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        used[process.pid] = times.user + times.system
    return [process.pid for process in processes]


def is_server(process: psutil.Process) -> bool:
    """Also one of the database whose file of its process is not written yet, or is gone already."""
    try:
        return str(process.name()).startswith("postgres")
    except psutil.Error:
        return False


def resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def measured(name: str, path: Path, rows: int, environment: dict[str, str]) -> Figure:
    """Import ``path`` with the command that an operator types."""
    command = [sys.executable, "-m", "lingkar.site.cli", "import", "people", str(path), "--agency", CITY, "--commit"]
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = psutil.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
        watch = Watch(process, Path(environment["LINGKAR_HOME"]))
        watch.start()
        code = process.wait()
        seconds = time.monotonic() - begun
        watch.over.set()
        said.seek(0)
        words = said.read().decode()
    if code not in (0, 1) or " baris: " not in words:
        raise RuntimeError(f"the import of {path.name} ended with {code}:\n{words[-2000:]}")
    counted = words.split(".")[0].replace(",", " ").split()
    total, new, changed, _same, refused = (int(word) for word in counted if word.isdigit())
    if total != rows:
        raise RuntimeError(f"{total} rows were read, not {rows}")
    command_cpu, database_cpu = sum(watch.command_cpu.values()), sum(watch.database_cpu.values())
    peak = watch.peak / 2**20
    return Figure(name, rows, seconds, command_cpu, database_cpu, peak, new, changed, refused, rows // EVERY)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when the rows that were wrong are not those that were refused, or others are not new."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workbook", type=int, default=20_000)
    parser.add_argument("--text", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    wish = parser.parse_args(arguments)
    wishes = (("xlsx", wish.workbook, workbook), ("csv", wish.text, text))
    figures = [imported(name, rows, make) for name, rows, make in wishes if rows]
    result = machine.described() | {"figures": [asdict(figure) for figure in figures]}
    print(json.dumps(result, indent=1) if wish.json else _table(result, figures))
    return int(not all(figure.is_right for figure in figures))


def imported(name: str, rows: int, make: Callable[[Path, int, Sequence[str]], None]) -> Figure:
    """One import into an installation of its own."""
    home = new_home("import")
    try:
        environment = clean_environment(home)
        setup = [sys.executable, "-m", "lingkar.site.cli", "demo", "--load-only"]
        subprocess.run(setup, env=environment, check=True, capture_output=True)
        path = home / f"pegawai.{name}"
        make(path, rows, UNITS)
        return measured(name, path, rows, environment)
    finally:
        remove(home)


AIMS = "Aims: 20,000 rows of XLSX < 15 s and < 500 MB; 1,000,000 rows of CSV < 180 s."
HEADS = ("rows", "seconds", "rows/s", "CPU cmd", "CPU db", "peak MB", "new", "changed", "refused", "planted")
HEAD = f"{'file':<6}{''.join(f'{head:>10}' for head in HEADS)}"


def _table(result: Mapping[str, object], figures: Sequence[Figure]) -> str:
    rows = [
        f"{f.name:<6}{f.rows:>10}{f.seconds:>10.1f}{f.rows / f.seconds:>10.0f}{f.command_cpu:>10.1f}"
        f"{f.database_cpu:>10.1f}{f.peak_mb:>10.0f}{f.new:>10}{f.changed:>10}{f.refused:>10}{f.planted:>10}"
        f"{'' if f.is_right else '  WRONG'}"
        for f in figures
    ]
    about = [f"{key:<9}{result[key]}" for key in ("commit", "machine", "versions")]
    return "\n".join([*about, "", HEAD, *rows, "", AIMS])


if __name__ == "__main__":
    sys.exit(main())

"""The permission table: every route × whose thing × who asks → what is answered, as the running product answers.

``make permissions`` (``python -m tests.house.permissions --write``) writes ``permissions.csv`` anew; read its diff as
you would read code. ``--write services:`` asks only the routes whose name begins so, and leaves the other rows.
A visitor is led to ``login``; GET shows the status; POST, with a valid token and no data, shows
``ok`` when the door is open (whatever the form then says), else the status.
"""

import csv
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

TABLE = Path(__file__).with_suffix(".csv")
KEY = 4
"""The first columns of a row say what was asked: route, need, whose thing, method."""
Row = tuple[str, ...]


def differences(route: str, found: Iterable[Row], table: Iterable[Row]) -> list[str]:
    """How the answers of a route differ from the table; both begin with a row of column names."""
    (holders, now), (_, told) = _answers(route, found), _answers(route, table)
    lines = [f"{key}: not in the table" for key in now.keys() - told.keys()]
    lines += [f"{key}: in the table, but no longer there" for key in told.keys() - now.keys()]
    for key in now.keys() & told.keys():
        for holder, old, new in zip(holders, told[key], now[key], strict=True):
            if old != new:
                lines.append(f"{key} {holder}: the table says {old}, found {new}")
    return sorted(lines)


def _answers(route: str, rows: Iterable[Row]) -> tuple[Row, dict[str, Row]]:
    head, *others = [*rows] or [()]
    return head[KEY:], {" | ".join(row[:KEY]): row[KEY:] for row in others if row[0] == route}


def read(path: Path = TABLE) -> list[Row]:
    """The rows of a table, names of columns first."""
    if not path.exists():
        return []
    with path.open(newline="") as file:
        return [tuple(row) for row in csv.reader(file)]


def write(rows: Iterable[Row], path: Path = TABLE, mode: str = "w") -> None:
    with path.open(mode, newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main() -> int:
    """Ask every route again, or those whose name begins with a word, and write the table."""
    if sys.argv[1:2] != ["--write"] or len(sys.argv) > 3:
        print("usage: python -m tests.house.permissions --write [BEGINNING]")
        return 2
    beginning = "".join(sys.argv[2:])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        os.environ |= {"LINGKAR_WRITE_PERMISSIONS": str(path), "LINGKAR_WRITE_PERMISSIONS_OF": beginning}
        code = pytest.main(["-q", "-p", "no:randomly", str(Path(__file__).with_name("test_permissions.py"))])
        head, *rows = read(path) or read()[:1]
    if code == 0:
        rest = [row for row in read()[1:] if beginning and not row[0].startswith(beginning)]
        table = sorted({*rows, *rest} - {head})
        write([head, *table])
        print(f"{len(table)} rows, {len(table) * (len(head) - KEY)} answers")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())

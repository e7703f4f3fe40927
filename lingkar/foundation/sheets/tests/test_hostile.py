"""Three hundred hostile or damaged files: each is refused with a sentence or taken, none brings anything down."""

import resource
from collections import Counter

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells, limits, tables
from lingkar.foundation.sheets.reading import open_workbook
from lingkar.foundation.sheets.tables import Column
from lingkar.foundation.sheets.tests.hostile import files
from lingkar.foundation.sheets.web import sentence

COLUMNS = (
    Column("nip", "NIP", (), cells.digits, anchor=True),
    Column("name", "Nama", (), cells.text, required=True),
    Column("unit", "Unit Kerja", ("Unit",), cells.text),
)
MOST_MEMORY = 500 * limits.MB


def outcome(path) -> str:
    try:
        with open_workbook(path) as book:
            for sheet in book.sheets:
                for line in tables.find(sheet, COLUMNS).lines():
                    for column in COLUMNS:
                        cells.text(line.cells.get(column.key))
    except Refused as refused:
        return refused.code if sentence(refused) else ""
    return "taken"


def most_memory(who: int) -> int:
    """Bytes that this process, or the largest of its children so far, held at most."""
    return resource.getrusage(who).ru_maxrss * 1024


def test_no_file_brings_the_reader_down(tmp_path):
    before = most_memory(resource.RUSAGE_SELF)
    outcomes: Counter[str] = Counter()
    for name, content in files():
        path = tmp_path / name
        path.write_bytes(content)
        outcomes[outcome(path)] += 1
        path.unlink()
    assert sum(outcomes.values()) == 300, outcomes
    assert "" not in outcomes
    assert outcomes["taken"] > 20
    assert outcomes["sheets.bomb"] >= 3
    assert outcomes["sheets.too_much"] >= 3
    here, unpacked = most_memory(resource.RUSAGE_SELF), most_memory(resource.RUSAGE_CHILDREN)
    assert here - before < MOST_MEMORY
    assert unpacked < max(MOST_MEMORY, here * 1.1), "a new process counts what its parent held when it began"

"""The contracts of ``.importlinter`` hold, and each of them would notice a fault."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HOUSE = """
site/__init__ site/urls
directory/__init__ directory/places/__init__ directory/places/queries
directory/orgs/__init__ directory/orgs/models directory/orgs/services directory/orgs/web
directory/people/__init__ directory/people/models
foundation/__init__ foundation/ui/__init__ foundation/calendar/__init__ foundation/events/__init__
foundation/events/bus foundation/audit/__init__ foundation/audit/services foundation/access/__init__
foundation/tenancy/__init__ foundation/tenancy/models foundation/privacy/__init__ foundation/refusals/__init__
listen/__init__ listen/reports/__init__ listen/reports/rules listen/reports/models listen/reports/services
listen/reports/queries listen/reports/web/__init__ listen/reports/web/views listen/surveys/__init__
listen/surveys/queries grow/__init__ grow/courses/__init__ grow/courses/services __init__
grow/exams/__init__ grow/exams/services loop/__init__ loop/causes/__init__ loop/causes/queries loop/needs/__init__
loop/needs/queries
"""

HONEST = {
    "directory/orgs/models": "class Unit: ...\nclass UnitKind(TextChoices): ...",
    "listen/reports/models": "from lingkar.directory.orgs.models import Unit",
    "listen/reports/queries": "from lingkar.directory.orgs.models import UnitKind\n"
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from lingkar.directory.orgs.models import Unit",
    "listen/reports/rules": "import datetime\nfrom lingkar.foundation.refusals import Refused",
    "listen/reports/services": "from lingkar.foundation.audit import services\nimport lingkar.listen.reports.models",
    "site/urls": "from lingkar.listen.reports import services",
}

FAULTS = {
    "up": ("directory/orgs/services", "from lingkar.listen.reports import services", "The house"),
    "wings": ("listen/reports/services", "from lingkar.grow.courses import services", "The house"),
    "unknown wing": ("utils/__init__", "", "The house"),
    "sideways": ("listen/reports/services", "from lingkar.listen.surveys import queries", "Modules of the citizens'"),
    "grow": ("grow/courses/services", "from lingkar.grow.exams import services", "Floors within grow"),
    "loop": ("loop/causes/queries", "from lingkar.loop.needs import queries", "Floors within loop"),
    "directory": ("directory/places/queries", "from lingkar.directory.orgs import services", "Floors within directory"),
    "foundation": ("foundation/audit/services", "import lingkar.foundation.events.bus", "Floors within foundation"),
    "rooms": ("listen/reports/queries", "from lingkar.listen.reports import services", "Rooms of a module"),
    "foreign web": ("listen/reports/web/views", "from lingkar.directory.orgs.web import view", "Only the face"),
    "foreign model": ("listen/reports/web/views", "from lingkar.directory.orgs.models import Unit", "Only the face"),
    "impure": ("listen/reports/rules", "import django.utils.timezone", "rules.py decides"),
    "by chance": ("listen/reports/rules", "import random", "rules.py decides"),
}


def lint(folder: Path) -> str:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    wide = {"PYTHONPATH": str(ROOT), "COLUMNS": "300"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=wide)
    return done.stdout + done.stderr


def build(folder: Path, sources: dict[str, str]) -> None:
    (folder / ".importlinter").write_text((ROOT / ".importlinter").read_text())
    for name in {*HOUSE.split(), *sources}:
        path = folder / "lingkar" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sources.get(name, ""))


def test_the_floors_of_the_house_hold():
    assert "0 broken" in lint(ROOT)


def test_an_honest_house_passes(tmp_path):
    build(tmp_path, HONEST)
    assert "0 broken" in lint(tmp_path)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_import_is_found(tmp_path, fault):
    place, line, contract = FAULTS[fault]
    build(tmp_path, HONEST | {place: f"{HONEST.get(place, '')}\n{line}\n"})
    broken = [row for row in lint(tmp_path).splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(contract) for row in broken), broken

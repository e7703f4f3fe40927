"""What is written is true: the glossary knows every model and choice, each README its module's face."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.db import models
from django.test.utils import isolate_apps

from lingkar.foundation.access import declared_actions
from lingkar.foundation.events import bus
from lingkar.site import messages
from tests.house.floors import PACKAGE, ROOT, modules, sources
from tests.house.test_models import of_the_house

CODE = re.compile(r"`([^`\n]+)`")
CLASS = re.compile(r"^[A-Z][a-z]+(?:[A-Z][a-z]+)*$")
PART = re.compile(r"^(services|queries|rules)\.(?!py\b)(\w+)")


def codes(text: str) -> set[str]:
    """Everything that stands in backticks."""
    return set(CODE.findall(text))


def unexplained(text: str, found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Models and values of choices that the glossary does not name."""
    known = codes(text)
    for model in found:
        if model.__name__ not in known:
            yield f"{model.__name__} is not in GLOSSARY.md"
        for field in model._meta.fields:
            for value, _ in field.flatchoices:
                if value and str(value) not in known:
                    yield f"{value!r} of {model.__name__}.{field.name} is not in GLOSSARY.md"


def forgotten(text: str, sources: Iterable[str]) -> Iterator[str]:
    """Classes that the glossary names and the code no longer has."""
    defined = {name for source in sources for name in re.findall(r"^class (\w+)", source, re.MULTILINE)}
    for word in sorted(codes(text)):
        if CLASS.match(word) and word not in defined:
            yield f"GLOSSARY.md names {word}, which no class is called"


def public_functions(folder: Path, room: str) -> set[str]:
    """Functions of a room that others may call: of a package, what its ``__init__`` offers."""
    single, package = folder / f"{room}.py", folder / room / "__init__.py"
    if single.exists():
        tree = ast.parse(single.read_text())
        return {n.name for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")}
    if package.exists():
        trees = [ast.parse(path.read_text()) for path in package.parent.glob("*.py")]
        return _offered(package) & {n.name for tree in trees for n in tree.body if isinstance(n, ast.FunctionDef)}
    return set()


def _offered(package: Path) -> set[str]:
    nodes = ast.parse(package.read_text()).body
    return {alias.asname or alias.name for n in nodes if isinstance(n, ast.ImportFrom) for alias in n.names}


def face(folder: Path) -> dict[str, set[str]]:
    """What the README of a module must name: its public functions, its events and its actions."""
    dotted = ".".join(("lingkar", *folder.relative_to(PACKAGE).parts))
    named = {room: public_functions(folder, room) for room in ("services", "queries")}
    named["events"] = {name for name, kind in bus.declared_events().items() if kind.__module__.startswith(f"{dotted}.")}
    label = folder.name
    named["actions"] = {action for action in declared_actions() if action.partition(".")[0] == label}
    return named


def unnamed(text: str, offered: dict[str, set[str]]) -> Iterator[str]:
    plain = re.sub(r"\b(services|queries)\.", "", text)
    for room, names in offered.items():
        for name in sorted(names):
            spoken = name.rpartition(".")[2] if room == "events" else name  # a list names its module once
            where = text if room == "actions" else plain  # a module may itself be called "services"
            if not re.search(rf"(?<![\w.])(?:\w+\.)?{re.escape(spoken)}(?!\w)", where):
                yield f"{room}: {name} is not named"


def stale(text: str, folder: Path) -> Iterator[str]:
    """``services.foo`` in backticks where there is no ``foo``."""
    for code in sorted(codes(text)):
        match = PART.match(code)
        if match:
            room, name = match.groups()
            files = [folder / f"{room}.py", *(folder / room).glob("*.py")]
            if not any(re.search(rf"\b{name}\b", path.read_text()) for path in files if path.exists()):
                yield f"names {room}.{name}, which is not there"


def test_the_glossary_knows_every_model_and_choice():
    text = (ROOT / "GLOSSARY.md").read_text()
    assert [*unexplained(text, of_the_house()), *forgotten(text, (path.read_text() for path in sources()))] == []


@pytest.mark.parametrize("folder", modules(), ids=lambda folder: str(folder.relative_to(PACKAGE)))
def test_the_readme_of_a_module_names_its_face(folder):
    readme = folder / "README.md"
    assert readme.exists(), f"{folder} has no README.md"
    text = readme.read_text()
    assert [*unnamed(text, face(folder)), *stale(text, folder)] == []


def test_every_message_is_translated():
    assert messages.faults(PACKAGE) == [], "see: lingkar messages"


@isolate_apps("lingkar.directory.places")
def test_each_decision_has_a_number_of_its_own():
    """Code and documents name decisions by number."""
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert numbers
    assert [number for number, often in Counter(numbers).items() if often > 1] == []


def test_a_gap_in_the_glossary_is_found():
    class Kite(models.Model):  # noqa: DJ008
        colour = models.CharField(choices=[("crimson", "Merah")])

        class Meta:
            app_label = "places"

    assert list(unexplained("| layang-layang | `Kite` |", [Kite])) == ["'crimson' of Kite.colour is not in GLOSSARY.md"]
    assert list(unexplained("`crimson`", [Kite])) == ["Kite is not in GLOSSARY.md"]
    assert list(forgotten("`Kite` flies `high`", ["class Bird: ..."])) == [
        "GLOSSARY.md names Kite, which no class is called"
    ]


def test_a_gap_in_a_readme_is_found(tmp_path):
    (tmp_path / "services.py").write_text("def fly(): ...\ndef _wobble(): ...\n")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "__init__.py").write_text("from x.wind import wind_on\n")
    (tmp_path / "queries" / "wind.py").write_text("def wind_on(): ...\ndef hidden(): ...\n")
    offered = {room: public_functions(tmp_path, room) for room in ("services", "queries")}
    assert offered == {"services": {"fly"}, "queries": {"wind_on"}}
    assert list(unnamed("`fly` and `wind_on`", offered)) == []
    assert len(list(unnamed("it flies", offered))) == 2
    assert list(stale("`services.fly(…)`, `services.land`", tmp_path)) == ["names services.land, which is not there"]

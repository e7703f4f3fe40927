"""Two contract types for import-linter: the face of a module, and the purity of its rules."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


@dataclass(frozen=True, order=True)
class Room:
    """Where a Python module stands: ``lingkar.listen.reports.web.views`` is room ``web`` of ``listen.reports``."""

    owner: str
    name: str

    @classmethod
    def of(cls, module: str) -> "Room":
        """The roof (``lingkar.site``) counts as one module; everywhere else a module is wing and name."""
        parts = module.split(".")[1:]
        depth = 1 if parts[:1] == ["site"] else 2
        room = "tests" if "tests" in parts[depth:] else "".join(parts[depth : depth + 1])
        return cls(".".join(parts[:depth]), room)


@cache
def syntax(module: str) -> ast.Module:
    """The parsed source of a module of the house; nothing is imported."""
    spec = find_spec("lingkar")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent.joinpath(*module.split(".")[1:])
    return ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text())


def enumerations(module: str) -> frozenset[str]:
    """Names of the enumerations that ``module`` defines, or offers from a part of itself (TextChoices, StrEnum …)."""
    names: set[str] = set()
    for node in syntax(module).body:
        if isinstance(node, ast.ClassDef) and _is_enumeration(node):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{module}."):
            names |= enumerations(str(node.module)) & {alias.name for alias in node.names}
    return frozenset(names)


def _is_enumeration(node: ast.ClassDef) -> bool:
    bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
    return bool(bases & {"TextChoices", "IntegerChoices", "Choices", "StrEnum", "IntEnum", "Enum"})


def imported_names(importer: str, imported: str) -> frozenset[str]:
    """The names that ``importer`` takes from ``imported``; ``*`` stands for the whole module."""
    names: set[str] = set()
    for node in _run_nodes(syntax(importer)):
        if isinstance(node, ast.ImportFrom) and node.module == imported:
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == imported.rpartition(".")[0]:
            names |= {"*" for alias in node.names if alias.name == imported.rpartition(".")[2]}
        elif isinstance(node, ast.Import):
            names |= {"*" for alias in node.names if alias.name == imported}
    return frozenset(names)


def _run_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, except those under ``if TYPE_CHECKING:``, which never run."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from _run_nodes(child)


class HouseContract(Contract):
    """A contract that looks at each direct import by itself."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        faults = sorted(self.faults(graph))
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for fault in check.metadata["faults"]:
            output.print_error(f"- {fault}")

    def faults(self, graph: ImportGraph) -> Iterator[str]:
        raise NotImplementedError


class Faces(HouseContract):
    """A module visits only the face of another: the rooms ``face``, the listed ``tools``, and enumerations.

    Models of another module may be imported by the rooms ``models_for``: there they become foreign keys.
    """

    type_name = "faces"

    face = fields.SetField(subfield=fields.StringField())
    models_for = fields.SetField(subfield=fields.StringField())
    tools = fields.SetField(subfield=fields.StringField())

    def faults(self, graph: ImportGraph) -> Iterator[str]:
        for importer in graph.modules:
            for imported in graph.find_modules_directly_imported_by(importer):
                if imported.startswith("lingkar.") and not self._may_visit(importer, imported):
                    yield f"{importer} visits {imported}, which is not a face"

    def _may_visit(self, importer: str, imported: str) -> bool:
        here, there = Room.of(importer), Room.of(imported)
        if here.owner == there.owner or there.name in {"", *self.face}:  # type: ignore[misc]
            return True
        if any(fnmatch(imported, tool) for tool in self.tools):  # type: ignore[attr-defined]
            return True
        if there.name != "models":
            return False
        if here.name in self.models_for:  # type: ignore[operator]
            return True
        return imported_names(importer, imported) <= enumerations(imported)


class Pure(HouseContract):
    """The listed ``rooms`` import nothing but the standard library's pure part and the modules ``allowed``."""

    type_name = "pure"

    rooms = fields.SetField(subfield=fields.StringField())
    allowed = fields.SetField(subfield=fields.StringField())
    impure = fields.SetField(subfield=fields.StringField())

    def faults(self, graph: ImportGraph) -> Iterator[str]:
        for importer in graph.modules:
            room = Room.of(importer)
            if importer.startswith("lingkar.") and room.name in self.rooms:  # type: ignore[operator]
                for imported in graph.find_modules_directly_imported_by(importer):
                    if Room.of(imported) != room and not self._is_pure(imported):
                        yield f"{importer} imports {imported}, which is not pure"

    def _is_pure(self, imported: str) -> bool:
        if imported in self.allowed:  # type: ignore[operator]
            return True
        return imported in sys.stdlib_module_names and imported not in self.impure  # type: ignore[operator]

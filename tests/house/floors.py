"""Which module stands where, read from ``.importlinter``: one truth for imports and for everything else."""

import configparser
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lingkar"


@dataclass(frozen=True)
class Place:
    """A module of the house: its wing (site, listen …) and its name. The roof is one module."""

    wing: str
    name: str = ""

    @classmethod
    def of(cls, dotted: str) -> "Place | None":
        """Where ``lingkar.listen.reports.web.views`` stands; None for a library."""
        top, _, rest = dotted.partition(".")
        if top != "lingkar":
            return None
        wing, _, inner = rest.partition(".")
        return cls(wing) if wing == "site" else cls(wing, inner.partition(".")[0])

    @classmethod
    def of_file(cls, path: Path) -> "Place | None":
        """Where a file of the source tree belongs."""
        if not path.is_relative_to(PACKAGE):
            return None
        return cls.of(".".join(("lingkar", *path.relative_to(PACKAGE).parts)))

    def __str__(self) -> str:
        return f"{self.wing}.{self.name}" if self.name else self.wing


def may_know(user: "Place | None", used: "Place | None") -> bool:
    """Whether ``user`` may name a thing of ``used``: the module itself, one on a floor below, or a library."""
    if user is None or used is None or user == used:
        return True
    if user.wing != used.wing:
        return _height("house", used.wing) < _height("house", user.wing)
    return _height(user.wing, used.name) < _height(user.wing, user.name)


def _height(contract: str, name: str) -> int:
    """The floor of a wing or module, counted from the ground; modules of a wing without floors are siblings."""
    layers = _layers(contract)
    if not layers:
        return 0
    return len(layers) - next(number for number, layer in enumerate(layers) if name in layer)


@cache
def _layers(contract: str) -> tuple[frozenset[str], ...]:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    text = config.get(f"importlinter:contract:{contract}", "layers", fallback="")
    clean = text.translate(str.maketrans("|:()", "    "))
    return tuple(frozenset(line.split()) for line in clean.splitlines() if line.strip())


def modules() -> list[Path]:
    """The folder of every Django app of the house that is a module with a door of its own."""
    folders = {Path(app.path) for app in apps.get_app_configs() if app.name.startswith("lingkar.")}
    return sorted(folders | {PACKAGE / "foundation" / name for name in ("privacy", "refusals")})


def sources(pattern: str = "*.py") -> list[Path]:
    """Source files of the house, without tests and migrations."""
    return sorted(path for path in PACKAGE.rglob(pattern) if not {"tests", "migrations"} & set(path.parts))

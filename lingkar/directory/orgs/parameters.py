"""The level that each competency must have by group of positions: dated, sourced, changed by the agency on a page."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import PositionKind, PositionLevel
from lingkar.directory.orgs.rules import COMPETENCIES
from lingkar.foundation.parameters.registry import Spec, spec

STANDARD = "Standar kompetensi jabatan sebuah provinsi menurut PermenPANRB 38/2017"
OURS = "Pilihan Lingkar"
SINCE = date(2017, 1, 1)
UNIT = _("levels 1–5 of the nine competencies, in the order of PermenPANRB 38/2017")
DOUBT = _("Read from one province's standard; check it against your own.")
NO_SOURCE = _("No standard was found for this group; it takes the highest level.")


def _levels(**each: int) -> tuple[int, ...]:
    """One level for all, and another one for those that are named."""
    rest = each.pop("rest")
    return tuple(each.get(code, rest) for code in COMPETENCIES)


LEVELS_OF: dict[PositionKind | PositionLevel, tuple[int, ...]] = {
    PositionKind.JPT_UTAMA: _levels(rest=5),
    PositionKind.JPT_MADYA: _levels(rest=5),
    PositionKind.JPT_PRATAMA: _levels(rest=4),
    PositionKind.ADMINISTRATOR: _levels(rest=3),
    PositionKind.SUPERVISOR: _levels(rest=2),
    PositionKind.EXECUTIVE: _levels(rest=1),
    PositionLevel.AHLI_UTAMA: _levels(rest=4, integrity=5, unity=5),
    PositionLevel.AHLI_MADYA: _levels(rest=4),
    PositionLevel.AHLI_MUDA: _levels(rest=3),
    PositionLevel.AHLI_PERTAMA: _levels(rest=2),
    PositionLevel.PENYELIA: _levels(rest=3),
    PositionLevel.MAHIR: _levels(rest=2),
    PositionLevel.TERAMPIL: _levels(rest=1, integrity=2, teamwork=2, unity=2),
    PositionLevel.PEMULA: _levels(rest=1),
}
"""What ships: the table of one province; each agency may set its own."""


def _standard(group: PositionKind | PositionLevel, levels: tuple[int, ...]) -> Spec[tuple[int, ...]]:
    known = group != PositionKind.JPT_UTAMA
    source, doubt = (STANDARD, DOUBT) if known else (OURS, NO_SOURCE)
    label = format_lazy("{}: {}", _("Required competence"), group.label)
    return spec(f"orgs.profile.{group.value}", levels, tuple, UNIT, label, source, SINCE, doubt, least=1, most=5)


PROFILES = {group.value: _standard(group, levels) for group, levels in LEVELS_OF.items()}
"""The standard of each group: kinds of positions, and levels of functional ones."""

"""How officials write codes, kinds and echelons."""

import re
from typing import Any

from lingkar.directory.orgs.models import PositionKind, PositionLevel, UnitKind
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.cells import simple

SLUG = re.compile(r"[a-z0-9_-]{1,60}")
ECHELON = re.compile(r"(I|II|III|IV|V)[./ -]?([ABC])", re.IGNORECASE)
NOTHING = {"", "-", "0", "tidakada", "noneselon", "nonstruktural"}

UNIT_KINDS: dict[str, Any] = {
    "Setda": UnitKind.SECRETARIAT, "Sekretariat Daerah": UnitKind.SECRETARIAT,
    "Setwan": UnitKind.COUNCIL, "Sekretariat DPRD": UnitKind.COUNCIL, "Sekretariat Dewan": UnitKind.COUNCIL,
    "Inspektorat": UnitKind.INSPECTORATE, "Inspektorat Daerah": UnitKind.INSPECTORATE,
    "Dinas": UnitKind.OFFICE, "Satuan": UnitKind.OFFICE, "Badan": UnitKind.AGENCY_BODY,
    "Kecamatan": UnitKind.DISTRICT, "Kelurahan": UnitKind.VILLAGE,
    "Bidang": UnitKind.SECTION, "Bagian": UnitKind.SECTION, "Seksi": UnitKind.SECTION,
    "Subbagian": UnitKind.SECTION, "Sub Bidang": UnitKind.SECTION, "Sekretariat": UnitKind.SECTION,
    "Asisten": UnitKind.SECTION, "Bidang atau seksi": UnitKind.SECTION,
    "UPTD": UnitKind.TECHNICAL, "UPT": UnitKind.TECHNICAL, "RSUD": UnitKind.HOSPITAL,
    "Rumah Sakit": UnitKind.HOSPITAL, "Puskesmas": UnitKind.HEALTH_CENTRE, "Sekolah": UnitKind.SCHOOL,
    "SD": UnitKind.SCHOOL, "SMP": UnitKind.SCHOOL, "TK": UnitKind.SCHOOL,
}  # fmt: skip
POSITION_KINDS: dict[str, Any] = {
    "JPT Utama": PositionKind.JPT_UTAMA, "JPT Madya": PositionKind.JPT_MADYA, "JPT Pratama": PositionKind.JPT_PRATAMA,
    "Jabatan Pimpinan Tinggi Pratama": PositionKind.JPT_PRATAMA, "Administrator": PositionKind.ADMINISTRATOR,
    "Pengawas": PositionKind.SUPERVISOR, "Fungsional": PositionKind.FUNCTIONAL, "JF": PositionKind.FUNCTIONAL,
    "Jabatan Fungsional": PositionKind.FUNCTIONAL, "Pelaksana": PositionKind.EXECUTIVE,
    "Jabatan Pelaksana": PositionKind.EXECUTIVE, "JFU": PositionKind.EXECUTIVE,
}  # fmt: skip
YES = {"Ya": True, "Y": True, "v": True, "x": True, "1": True, "Tidak": False, "T": False, "-": False, "0": False}


def _kinds(names: dict[str, Any], choices: Any) -> dict[str, Any]:
    """Also by the code of the kind, as exports and programs write it."""
    return names | {choice.value: choice for choice in choices}


unit_kind = cells.one_of(_kinds(UNIT_KINDS, UnitKind))
position_kind = cells.one_of(_kinds(POSITION_KINDS, PositionKind))
leads = cells.one_of(YES)


def code(cell: Any) -> str | None:
    """A code in lower case with - for spaces; anything but letters, digits, - and _ is refused."""
    words = (cells.text(cell) or "").lower().replace(" ", "-").replace(".", "-")
    if not words:
        return None
    if not SLUG.fullmatch(words):
        raise Refused("orgs.code_unusable")
    return words


_level = cells.one_of({level.value.replace("_", " "): level for level in PositionLevel})


def level(cell: Any) -> Any:
    """The level of a functional position; "" where somebody wrote that there is none."""
    words = cells.text(cell)
    return "" if words and simple(words) in NOTHING else _level(cell)


def echelon(cell: Any) -> str | None:
    """``II.b`` from ``II.b``, ``IIb``, ``II/B``; "" where somebody wrote that there is none."""
    words = cells.text(cell)
    if words is None:
        return None
    if simple(words) in NOTHING:
        return ""
    match = ECHELON.fullmatch(words)
    if not match:
        raise Refused("orgs.echelon_unusable", value=words[:20])
    return f"{match[1].upper()}.{match[2].lower()}"

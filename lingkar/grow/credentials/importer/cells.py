"""Cells about learning and performance as officials write them."""

import re
from decimal import Decimal

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.cells import simple
from lingkar.foundation.sheets.reading import Cell
from lingkar.grow.credentials.models import Predicate
from lingkar.grow.credentials.rules.hours import MEASURES

NAMES = {
    "A1": "Tugas belajar", "A2": "Izin belajar", "B1": "Pelatihan struktural|Diklat struktural|Kepemimpinan|Diklatpim",
    "B2": "Pelatihan manajerial|Diklat manajerial", "B3": "Pelatihan teknis|Diklat teknis|Teknis",
    "B4": "Pelatihan fungsional|Diklat fungsional|Fungsional",
    "B5": "Pelatihan sosial kultural|Diklat sosial kultural|Sosial kultural",
    "B6": "Seminar|Konferensi|Sarasehan|Seminar/konferensi/sarasehan|Seminar/konferensi|Webinar",
    "B7": "Workshop|Lokakarya|Workshop/lokakarya", "B8": "Kursus", "B9": "Penataran",
    "B10": "Bimtek|Bimbingan teknis", "B11": "Sosialisasi", "C1": "Coaching", "C2": "Mentoring",
    "C3": "E-learning|Elearning|Pembelajaran elektronik|MOOC", "C4": "Pelatihan jarak jauh|Belajar jarak jauh",
    "C5": "Detasering", "C6": "Outbond|Outbound|Pembelajaran alam terbuka", "C7": "Benchmarking|Patok banding",
    "C8": "Pertukaran dengan swasta|Pertukaran PNS dengan swasta|Pertukaran dengan BUMN",
    "C9": "Belajar mandiri", "C10": "Komunitas belajar", "C11": "Magang|Praktik kerja",
}  # fmt: skip
BY_NAME = {simple(name): code for code, names in NAMES.items() for name in names.split("|")}
CODE = re.compile(r"^\W*([ABC]\d{1,2})\b", re.IGNORECASE)

predicate = cells.one_of(
    {
        "Sangat Baik": Predicate.VERY_GOOD.value,
        "Baik": Predicate.GOOD.value,
        "Butuh Perbaikan": Predicate.NEEDS_IMPROVEMENT.value,
        "Kurang": Predicate.POOR.value,
        "Sangat Kurang": Predicate.VERY_POOR.value,
    },
    "credentials.no_predicate",
)
HOME, ABROAD = "Nasional", "Internasional"
scope = cells.one_of({HOME: HOME, "Dalam negeri": HOME, "Lokal": HOME, ABROAD: ABROAD, "Luar negeri": ABROAD})


def form(cell: Cell) -> str | None:
    """One of the 24 forms, by its code (``B7``, ``B7 – Workshop``) or its name (``Lokakarya``)."""
    words = cells.text(cell)
    if words is None:
        return None
    code = CODE.match(words)
    found = code[1].upper() if code else BY_NAME.get(simple(words))
    if found not in MEASURES:
        raise Refused("credentials.no_form", value=cells.shown(words))
    return found


def amount(cell: Cell) -> Decimal | None:
    """How much: ``12``, ``12,5``, ``12 JP``. More than nothing, at most two digits behind the comma."""
    words = cells.text(cell)
    if words is None or words == "-":
        return None
    bare = re.sub(r"(?i)\s*(jp|jam|hari|kali|semester)\.?$", "", words).replace(",", ".")
    if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", bare):
        raise Refused("credentials.no_amount", value=cells.shown(words))
    return Decimal(bare)


def days(cell: Cell) -> int | None:
    """Whole days."""
    found = amount(cell)
    if found is not None and found != found.to_integral_value():
        raise Refused("credentials.no_amount", value=cells.shown(cell))
    return None if found is None else int(found)

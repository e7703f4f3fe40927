"""Cells about people as officials write them."""

import re

from lingkar.directory.people.models import PersonKind, Sex
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.names import person_name
from lingkar.foundation.sheets.reading import Cell

KINDS = {
    "PNS": PersonKind.PNS.value, "PNS Daerah": PersonKind.PNS.value, "PNSD": PersonKind.PNS.value,
    "Pegawai Negeri Sipil": PersonKind.PNS.value, "CPNS": PersonKind.CPNS.value,
    "Calon Pegawai Negeri Sipil": PersonKind.CPNS.value, "PPPK": PersonKind.PPPK.value, "P3K": PersonKind.PPPK.value,
    "PPPK Penuh Waktu": PersonKind.PPPK.value, "PPPK Paruh Waktu": PersonKind.PPPK_PART_TIME.value,
    "P3K Paruh Waktu": PersonKind.PPPK_PART_TIME.value, "PPPK PW": PersonKind.PPPK_PART_TIME.value,
    "Eksternal": PersonKind.EXTERNAL.value, "Non ASN": PersonKind.EXTERNAL.value, "Luar": PersonKind.EXTERNAL.value,
    "Peserta luar": PersonKind.EXTERNAL.value,
}  # fmt: skip
SEXES = {
    "L": Sex.MALE.value, "Laki-laki": Sex.MALE.value, "Laki": Sex.MALE.value, "Pria": Sex.MALE.value,
    "P": Sex.FEMALE.value, "Perempuan": Sex.FEMALE.value, "Wanita": Sex.FEMALE.value, "Pr": Sex.FEMALE.value,
    "Lk": Sex.MALE.value,
}  # fmt: skip
OF_PNS = re.compile(r"\b(IV|I{1,3})\s*[/.\s]\s*([a-e])\b", re.IGNORECASE)
OF_PPPK = re.compile(r"\b(XVII|XVI|XV|XIV|XIII|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)\b")

kind = cells.one_of(KINDS)
sex = cells.one_of(SEXES)


def name(cell: Cell) -> str | None:
    """A printed name, at most 200 characters."""
    words = person_name(cell)
    if words is not None and len(words) > 200:
        raise Refused("sheets.too_long", value=cells.shown(words), most=200)
    return words


def golongan(cell: Cell) -> str | None:
    """A grade among other words: ``Penata Muda Tk. I / III b`` is ``III/b``; a rule judges what is none."""
    words = cells.text(cell)
    if words is None or words == "-":
        return None
    if found := OF_PNS.search(words):
        return f"{found[1].upper()}/{found[2].lower()}"
    contract = OF_PPPK.search(words.upper())
    return contract[1] if contract else words[:10]


def phone(cell: Cell) -> str | None:
    """A phone number; the zero that a spreadsheet dropped is put back."""
    words = cells.text(cell)
    if words is None or words == "-":
        return None
    return f"0{words}" if words.startswith("8") and words.isdecimal() else words


def or_nothing(cell: Cell) -> str | None:
    """Words of at most 150 characters; a dash says nothing."""
    words = cells.text_up_to(150)(cell)
    return None if words in ("-", "--", "–") else words


def email(cell: Cell) -> str | None:
    """An address in lower case; a dash says nothing."""
    words = or_nothing(cell)
    return words.lower() if words else None

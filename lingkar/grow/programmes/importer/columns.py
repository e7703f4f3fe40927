"""The columns of a roster, and the headings under which officials write them."""

import re

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.names import person_name
from lingkar.foundation.sheets.reading import Cell
from lingkar.foundation.sheets.tables import Column
from lingkar.grow.programmes.models import Origin

WORDS = (
    (re.compile(r"\bc\.?p\.?n\.?s\b|calon pegawai", re.IGNORECASE), Origin.CPNS),
    (
        re.compile(
            r"kedinasan|\bipdn\b|\bstan\b|\bpkn\b|\bsttd\b|\bpoltek|\bstis\b|\bstip\b|praja|alumni|lulusan", re.I
        ),
        Origin.ACADEMY,
    ),
    (
        re.compile(r"luar|lain|lembaga|umum|bum[dn]|swasta|eksternal|non[ -]?asn|mitra|universitas|kampus|tamu", re.I),
        Origin.OUTSIDE,
    ),
    (re.compile(r"\bpns\b|\bpppk\b|\bp3k\b|\basn\b|pegawai negeri|internal|perangkat daerah", re.I), Origin.AGENCY),
)
"""How officials say from where somebody comes; the first that fits counts."""
NOTHING = ("-", "--", "–", "tidak ada", "n/a")


def origin_in(words: str) -> Origin | None:
    """From where somebody comes, as words tell it; None when they do not."""
    return next((origin for pattern, origin in WORDS if pattern.search(words)), None)


def origin(cell: Cell) -> str | None:
    """``CPNS``, ``Alumni IPDN``, ``Instansi lain``: one of the four origins."""
    words = or_nothing(cell)
    if words is None:
        return None
    found = origin_in(words)
    if found is None:
        raise Refused("programmes.origin_unknown", value=cells.shown(words))
    return found.value


def or_nothing(cell: Cell) -> str | None:
    """Words of at most 200 characters; a dash says nothing."""
    words = cells.text_up_to(200)(cell)
    return None if words is None or words.casefold() in NOTHING else words


def number(cell: Cell) -> str | None:
    """A NIP as digits; a dash says that there is none."""
    words = or_nothing(cell) if isinstance(cell, str) else cell
    return None if words is None else cells.digits(words)


def name(cell: Cell) -> str | None:
    """A printed name, at most 200 characters."""
    words = person_name(cell)
    if words is not None and len(words) > 200:
        raise Refused("sheets.too_long", value=cells.shown(words), most=200)
    return words


def email(cell: Cell) -> str | None:
    """An address in lower case."""
    words = or_nothing(cell)
    return words.lower() if words else None


def phone(cell: Cell) -> str | None:
    """A phone number; the zero that a spreadsheet dropped is put back."""
    words = or_nothing(cell)
    return f"0{words}" if words and words.startswith("8") and words.isdecimal() else words


COLUMNS: tuple[Column, ...] = (
    Column(
        "nip", "NIP",
        ("NIP Baru", "NIP/NI PPPK", "NIP / NIPPPK", "NI PPPK", "NIPPPK", "Nomor Induk Pegawai", "NIP Peserta",
         "NIP/NRP", "NIP CPNS"),
        number, anchor=True, example="199804122025042001",
    ),
    Column(
        "name", _("Name"),
        ("Nama", "Nama Lengkap", "Nama Peserta", "Nama Pegawai", "Nama dan Gelar", "Nama Lengkap dan Gelar",
         "Nama Lengkap dengan Gelar", "Nama ASN", "Nama CPNS"),
        name, required=True, example="Sari Wahyuni, S.A.P.",
    ),
    Column(
        "origin", _("Origin"),
        ("Asal Peserta", "Kategori", "Kategori Peserta", "Jenis Peserta", "Status Peserta", "Status Kepegawaian",
         "Jenis Pegawai", "Status", "Unsur", "Golongan Peserta", "Jalur"),
        origin, example="CPNS",
    ),
    Column(
        "unit", _("Unit"),
        ("Unit Kerja", "OPD", "Perangkat Daerah", "SKPD", "Unit Organisasi", "Satuan Kerja", "Penempatan",
         "Tempat Tugas"),
        or_nothing, anchor=True, example="Dinas Kependudukan dan Pencatatan Sipil",
    ),
    Column(
        "institution", _("Institution"),
        ("Instansi", "Asal Instansi", "Instansi Asal", "Lembaga", "Asal Lembaga", "Instansi/Lembaga", "Asal Sekolah",
         "Sekolah Kedinasan", "Perguruan Tinggi", "Unit Kerja/Instansi", "Instansi/Unit Kerja", "Unit atau lembaga"),
        or_nothing, anchor=True, example="",
    ),
    Column("email", _("E-mail"), ("Email", "Alamat Email", "Surel", "E-mail"), email),
    Column("phone", _("Phone"), ("No HP", "Nomor HP", "Telepon", "No. Telp", "HP", "No. WA", "WhatsApp"), phone),
)  # fmt: skip

"""How officials write requirements, times, tariffs, hours and months."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from lingkar.directory.services import rules
from lingkar.directory.services.models import Need
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.reading import Cell

Said = tuple[int | None, str]
"""A number, and the words where it is not all."""

BULLET = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-z])[.)]\s+|[-–•*·]+\s*)", re.IGNORECASE)
DAYS = re.compile(r"^(\d{1,3})\s*(?:\([^)]*\)\s*)?(?:hari\s*kerja|hk)?\.?$", re.IGNORECASE)
DAYS_AND_MORE = re.compile(
    r"^(?:paling lama|maksimal|maks\.?)?\s*(\d{1,3})\s*(?:\([^)]*\)\s*)?hari\s*kerja\b", re.IGNORECASE
)
SAME_DAY = {"harisama", "hariyangsama", "harijuga", "selesaidihariyangsama", "0"}
FREE = {"gratis", "tidakdipungutbiaya", "tanpabiaya", "bebasbiaya", "cumacuma", "rp0", "rp000", "0", "nihil"}
RUPIAH = re.compile(r"^(?:rp\.?|idr)?\s*(\d{1,3}(?:[. ]\d{3})*|\d+)(?:,\d{1,2}|,-)?\s*(?:,-|rupiah)?$", re.IGNORECASE)
MOST_DAYS, MOST_COST = 365, 10**12
NEEDS: dict[str, Any] = {
    "KTP, KK, dan surat kependudukan": Need.IDENTITY, "Kependudukan": Need.IDENTITY, "Adminduk": Need.IDENTITY,
    "Lahir, nikah, pindah, wafat": Need.FAMILY, "Pencatatan sipil": Need.FAMILY, "Kesehatan": Need.HEALTH,
    "Sekolah dan belajar": Need.SCHOOL, "Pendidikan": Need.SCHOOL, "Bantuan sosial": Need.AID, "Sosial": Need.AID,
    "Usaha dan perizinan": Need.BUSINESS, "Perizinan": Need.BUSINESS, "Usaha": Need.BUSINESS,
    "Rumah, tanah, bangunan": Need.HOME, "Pertanahan": Need.HOME, "Jalan, air, dan sampah": Need.STREET,
    "Infrastruktur": Need.STREET, "Lalu lintas dan angkutan": Need.TRAVEL, "Perhubungan": Need.TRAVEL,
    "Kerja dan pelatihan": Need.WORK, "Ketenagakerjaan": Need.WORK, "Informasi dan surat-surat": Need.INFORMATION,
    "Informasi": Need.INFORMATION, "Layanan lainnya": Need.OTHER, "Lainnya": Need.OTHER,
} | {choice.value: choice for choice in Need}  # fmt: skip
YES = {"Ya": True, "Y": True, "v": True, "x": True, "1": True, "Tidak": False, "T": False, "0": False, "-": False}

need = cells.one_of(NEEDS)
yes = cells.one_of(YES)


def code(cell: Cell) -> str | None:
    """A code as it is printed; refused where nothing of it is left or it is too long."""
    words = cells.text(cell)
    if words is None:
        return None
    found = rules.code_from(words)
    if not found or len(found) > 40:
        raise Refused("services.code_unusable", value=cells.shown(words))
    return found


def lines(cell: Cell) -> tuple[str, ...] | None:
    """One thing a line, or parted by semicolons, without bullets and numbers."""
    if not isinstance(cell, str):
        words = cells.text(cell)
        return (words,) if words else None
    parts = re.split(r"[\r\n]+|;\s*", cell)
    found = tuple(words for part in parts if (words := cells.text(BULLET.sub("", part))))
    rules.check_lines(found)
    return found or None


def prose(most: int) -> Callable[[Cell], str | None]:
    """Words of at most ``most`` characters that keep their lines; a dash says nothing."""

    def read(cell: Cell) -> str | None:
        whole = cell if isinstance(cell, str) else cells.text(cell) or ""
        words = "\n".join(line for part in whole.splitlines() if (line := cells.text(part)))
        if len(words) > most:
            raise Refused("sheets.too_long", value=cells.shown(words), most=most)
        return None if words in ("", "-", "–") else words

    return read


def days(cell: Cell) -> Said | None:
    """``3``, ``3 (tiga) hari kerja``, ``hari yang sama``; anything else is kept as words."""
    words = prose(300)(cell)
    if words is None:
        return None
    words = " ".join(words.split())
    if cells.simple(words) in SAME_DAY:
        return 0, ""
    plain = DAYS.match(words)
    found = plain or DAYS_AND_MORE.match(words)
    if not found or int(found[1]) > MOST_DAYS:
        return None, words
    return int(found[1]), "" if plain else words


def cost(cell: Cell) -> Said | None:
    """``Gratis``, ``25000``, ``Rp 25.000,00``; anything else, such as "sesuai Perda", is kept as words."""
    words = prose(300)(cell)
    if words is None:
        return None
    words = " ".join(words.split())
    if cells.simple(words) in FREE:
        return 0, ""
    found = RUPIAH.match(words)
    amount = int(re.sub(r"\D", "", found[1])) if found else MOST_COST + 1
    return (amount, "") if amount <= MOST_COST else (None, words)


WEEK = {"senin": 1, "selasa": 2, "rabu": 3, "kamis": 4, "jumat": 5, "jum'at": 5, "sabtu": 6, "minggu": 7, "ahad": 7}
DAY = "|".join(sorted(WEEK, key=len, reverse=True))
NEXT_DAY = re.compile(rf"[;\r\n]+|,\s*(?=(?:{DAY})\b)|\bdan\s+(?=(?:{DAY})\b)", re.IGNORECASE)
OF_DAYS = re.compile(
    rf"^\s*(?:hari\s+)?(?:(?P<all>setiap hari|tiap hari)|(?P<first>{DAY})"
    rf"(?:\s*(?:-|–|—|s\.?/?d\.?|sampai|hingga)\s*(?P<last>{DAY}))?)\s*[:,]?\s*(?:pukul|jam)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)


def hours(cell: Cell) -> dict[str, list[list[str]]] | None:
    """``Senin–Kamis 08.00–15.30; Jumat 08.00–11.30``: ranges by weekday, "1" to "7"."""
    words = prose(500)(cell)
    if words is None:
        return None
    found: dict[str, list[list[str]]] = {}
    for part in NEXT_DAY.split(words):
        if part.strip():
            weekdays, ranges = _of_days(part)
            found |= {str(weekday): [list(pair) for pair in ranges] for weekday in weekdays if ranges}
    return found


def _of_days(part: str) -> tuple[range, tuple[rules.Range, ...]]:
    match = OF_DAYS.match(part)
    if match is None:
        raise Refused("services.week_unreadable", value=cells.shown(part))
    first = 1 if match["all"] else WEEK[match["first"].lower()]
    last = 7 if match["all"] else WEEK[(match["last"] or match["first"]).lower()]
    rest = re.sub(r"\b(wib|wita|wit)\b\.?", "", match["rest"], flags=re.IGNORECASE).strip(" .")
    closed = cells.simple(rest) in ("tutup", "libur")
    ranges = () if closed else rules.parse_hours(rest)
    if first > last or not (closed or ranges):
        raise Refused("services.week_unreadable", value=cells.shown(part))
    return range(first, last + 1), ranges


OF_MONTH = re.compile(r"^(\d{1,2})\s*[-/.\s]\s*(\d{4})$")
MONTH_LAST = re.compile(r"^(\d{4})\s*[-/.]\s*(\d{1,2})$")
MONTH_WORD = re.compile(r"^([A-Za-z]+)\.?\s*[-/.,\s]?\s*(\d{4})$")


def month(cell: Cell) -> date | None:
    """The first day of a month: ``Mei 2026``, ``05/2026``, ``2026-05``, or any day in it."""
    if isinstance(cell, str) and (words := cells.text(cell)):
        try:
            if found := OF_MONTH.match(words):
                return date(int(found[2]), int(found[1]), 1)
            if found := MONTH_LAST.match(words):
                return date(int(found[1]), int(found[2]), 1)
            if found := MONTH_WORD.match(words):
                return date(int(found[2]), cells.MONTHS[found[1].lower()], 1)
        except (KeyError, ValueError):
            raise Refused("services.no_month", value=cells.shown(words)) from None
    try:
        day = cells.day(cell)
    except Refused:
        raise Refused("services.no_month", value=cells.shown(cell)) from None
    return day.replace(day=1) if day else None

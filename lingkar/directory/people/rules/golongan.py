"""Grades of civil servants, as the law numbers them. Pure data."""

from functools import lru_cache

PNS = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""Grade → rank (pangkat), from the lowest."""

PPPK = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"
)  # fmt: skip
"""Grades of contract civil servants; they have no rank."""


def of_kind(kind: str) -> tuple[str, ...]:
    """Grades that somebody of this kind may hold; none for people from outside."""
    if kind in ("pns", "cpns"):
        return tuple(PNS)
    return PPPK if kind in ("pppk", "pppk_part_time") else ()


@lru_cache(maxsize=1000)
def normal(typed: str, kind: str) -> str:
    """A grade as it is stored: ``iii / A`` becomes ``III/a``. What is no grade of ``kind`` comes back stripped."""
    bare = "".join(typed.replace(".", "/").split())
    known = {grade.lower(): grade for grade in of_kind(kind)}
    return known.get(bare.lower(), typed.strip())


def rank_of(grade: str) -> str:
    """The rank that goes with a grade: ``III/a`` is ``Penata Muda``; "" where there is none."""
    return PNS.get(grade, "")

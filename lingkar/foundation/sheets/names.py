"""Names of people as they are printed: capitals are calmed, degrees stay as their holder writes them."""

import re

from lingkar.foundation.sheets.cells import text
from lingkar.foundation.sheets.reading import Cell

FRONT = {"dr": "dr.", "drg": "drg.", "drh": "drh.", "drs": "Drs.", "dra": "Dra.", "ir": "Ir.", "prof": "Prof.",
         "h": "H.", "hj": "Hj.", "apt": "apt.", "ns": "Ns.", "kh": "K.H.", "r": "R.", "rr": "Rr."}  # fmt: skip
"""Titles before a name. "DR" in capitals may be a physician or a doctor: it is left alone."""
KNOWN = """
S.H. S.E. S.T. S.P. S.S. S.I.P. S.Ip. S.IP. S.Sos. S.Sos.I. S.Pd. S.Pd.I. S.Pd.SD. S.Ag. S.Kom. S.Kep. S.Gz.
S.Si. S.Farm. S.STP. S.ST. S.Tr. S.Tr.Keb. S.Tr.Kes. S.Tr.IP. S.Psi. S.Hut. S.Pt. S.Pi. S.I.Kom. S.A.P.
S.AP. S.Ak. S.Hum. S.Ked. S.KM. S.K.M. S.Stat. S.Mat. S.Th. S.Fil. S.Ars. S.Tp. S.TP. M.H. M.Hum. M.M. M.Si.
M.Pd. M.Pd.I. M.T. M.Kom. M.Kes. M.Ak. M.A. M.Sc. M.E. M.Eng. M.AP. M.A.P. M.P. M.Tr.IP. M.I.Kom. M.Kep.
M.Farm. M.Ag. M.Psi. M.P.H. MPH A.Md. A.Md.Keb. A.Md.Kep. A.Md.Kom. A.Md.Gz. A.Md.Farm. A.Md.Kes. A.Md.Ak.
A.Ma. A.Ma.Pd. Ph.D. Ners Ns. Apt. Ak. CA CPA Sp.A. Sp.PD Sp.OG Sp.B Sp.An Sp.M Sp.JP Sp.KK Sp.P Sp.S
Sp.THT-KL Sp.Rad Sp.PK B.Sc. B.A. B.Eng.
""".split()  # noqa: SIM905
DEGREES = {"".join(sign for sign in degree.lower() if sign.isalnum()): degree for degree in reversed(KNOWN)}
SMALL = {"bin", "binti", "van", "de", "der"}


def person_name(cell: Cell) -> str | None:
    """A name in one line. ``SITI NUR'AINI, S.SOS., M.SI`` becomes ``Siti Nur'aini, S.Sos., M.Si.``."""
    words = text(cell)
    if words is None:
        return None
    name, comma, degrees = words.partition(",")
    if not name.isupper():
        return words
    calm = " ".join(map(_calm, name.split()))
    return f"{calm}, {_degrees(degrees)}" if comma and degrees.strip() else calm


def _calm(word: str) -> str:
    bare = word.strip(".").lower()
    if word.endswith(".") and bare in FRONT:
        return FRONT[bare]
    if bare in SMALL:
        return bare
    return re.sub(r"(^|[-.])(\w)", lambda found: found[1] + found[2].upper(), word.lower())


def _degrees(words: str) -> str:
    return ", ".join(_degree(part.strip()) for part in words.split(",") if part.strip())


def _degree(word: str) -> str:
    return DEGREES.get("".join(sign for sign in word.lower() if sign.isalnum()), word)

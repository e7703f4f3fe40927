"""Read what was printed: the words of a PDF, and words that must never become anything else."""

import re
from io import BytesIO

from pypdf import PdfReader

HOSTILE = [
    '#eval("1 + 1")',
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "#panic()",
    "#{while true {}}",
    "*tebal* _miring_ `kode` $x^2$",
    "= Judul palsu",
    "]#[ } { ) (",
    '"; #let data = none; "',
    "\\u{1F600} \\#",
    "<label> @label https://example.org",
    "// komentar /* dan */ lainnya",
    "'--sys-input x=y",
]


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Without spaces, and with typewriter quotes: a page may break a line or curl a quote."""
    return re.sub(r"\s+", "", text).translate(str.maketrans("“”‘’", "\"\"''"))

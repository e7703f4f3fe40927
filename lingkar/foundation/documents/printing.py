"""PDF from a typst template and plain data. What people wrote is data: it can never become markup or code."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, cast

import typst
from django.utils.translation import get_language

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).resolve().parent / "fonts"
LARGEST = 500_000
"""Characters of data in one document. Each 100,000 take about a quarter of a second."""

Plain: TypeAlias = "str | int | float | bool | Sequence[Plain] | Mapping[str, Plain] | None"
"""What a template gets. Dates, numbers and money are words already, in the reader's language."""

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
MADE = datetime(2020, 1, 1, tzinfo=UTC)
"""The moment that every document carries: the same data gives the same bytes."""


def pdf(template: str, data: Mapping[str, Plain]) -> bytes:
    """The document that ``template`` (a path within the package, ``"directory/services/documents/poster.typ"``) makes.

    The template reads ``data`` as ``json(bytes(sys.inputs.data))``, never as markup. It sees the files of the package
    and nothing else: no fonts of the machine, no network. ``typst.TypstError`` for a fault of the template,
    ``ValueError`` for data beyond ``LARGEST``.

    It is PDF/UA-1 (tagged, titled, with a language), unless somebody wrote in a script that no font here can show.
    """
    compiler = _compiler(template, data)
    try:
        made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=MADE)
    except typst.TypstError:
        made = compiler.compile(format="pdf", timestamp=MADE)
    return cast("bytes", made)


def picture(template: str, data: Mapping[str, Plain]) -> bytes:
    """The same document as a PNG of its first page, 144 dots an inch."""
    made = _compiler(template, data).compile(format="png")
    return made[0] if isinstance(made, list) else cast("bytes", made)


def _compiler(template: str, data: Mapping[str, Plain]) -> typst.Compiler:
    told = json.dumps(_printable(data))
    if len(told) > LARGEST:
        raise ValueError(f"{template}: {len(told)} characters of data, at most {LARGEST}")
    return typst.Compiler(
        PACKAGE / template,
        root=PACKAGE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": told, "lang": (get_language() or "id")[:2]},
        package_path=FONTS,  # where no package lies: a template that asks for one fails instead of fetching it
        package_cache_path=FONTS,
    )


def _printable(value: Any) -> Any:
    """The same data without characters that no document can show: controls, halves of characters."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, Mapping):
        return {str(key): _printable(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_printable(item) for item in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])

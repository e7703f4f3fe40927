"""What a file is, judged by its bytes, and whether it may be opened at all. Names are never believed."""

import lzma
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import limits

BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, ValueError,
    OverflowError, EOFError, OSError,
)  # fmt: skip
"""What Python's own reader of zip files raises when one is damaged."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORD_DOCUMENT = "WordDocument".encode("utf-16-le")
HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<style", b"<div")
XML = b"<?xml"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
DIRECTIVE = (b"<!DOCTYPE", b"<!ENTITY")
OTHERS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)


class Format(StrEnum):
    """What is read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "csv"


def format_of(path: Path) -> Format:
    """What ``path`` holds. ``Refused("sheets.…")`` when it is none of the formats, locked, a bomb or too large."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("sheets.empty")
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(ZIP):
        return _packed(path, size)
    if start.startswith(OLE):
        return _compound(path, size)
    return _plain(start, size)


def _packed(path: Path, size: int) -> Format:
    _check_size(size, limits.LARGEST_WORKBOOK)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_parts(parts, size)
            found = _kind({part.filename for part in parts}, archive)
            _check_directives(archive, parts)
    except BROKEN:
        raise Refused("sheets.broken") from None
    except RuntimeError:  # zipfile's word for a part that wants a password
        raise Refused("sheets.locked") from None
    return found


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > limits.RATIO_FROM and unpacked > size * limits.MOST_RATIO
    if len(parts) > limits.MOST_PARTS or unpacked > limits.MOST_UNPACKED or is_bomb:
        raise Refused("sheets.bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("sheets.locked")


def _kind(names: set[str], archive: zipfile.ZipFile) -> Format:
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        return Format.XLSB
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as file:
            if file.read(100).strip().startswith(ODS):
                return Format.ODS
    raise Refused("sheets.not_a_sheet")


def _check_directives(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No workbook declares entities; one that does is made to harm its reader."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                start = file.read(2048)
            if any(word in start.replace(b"\0", b"") for word in DIRECTIVE):
                raise Refused("sheets.bomb")


def _compound(path: Path, size: int) -> Format:
    _check_size(size, limits.LARGEST_WORKBOOK)
    content = path.read_bytes()
    if ENCRYPTED in content:
        raise Refused("sheets.locked")
    if WORD_DOCUMENT in content:
        raise Refused("sheets.not_a_sheet")
    return Format.XLS


def _plain(start: bytes, size: int) -> Format:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(HTML) or (head.startswith(XML) and b"<html" in head):
        raise Refused("sheets.web_page")
    if head.startswith(XML):
        raise Refused("sheets.not_a_sheet")
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if start.startswith(OTHERS) or (b"\0" in start and not is_wide) or _is_noise(start, is_wide):
        raise Refused("sheets.not_a_sheet")
    _check_size(size, limits.LARGEST_TEXT)
    return Format.TEXT


def _is_noise(start: bytes, is_wide: bool) -> bool:
    """Whether one byte in fifty is a control character that no text holds."""
    noise = sum(byte < 32 and byte not in b"\t\r\n\x0c\x1a" for byte in start)
    return not is_wide and noise * 50 > len(start)


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise Refused("sheets.too_large", most=most // limits.MB)

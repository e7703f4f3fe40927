"""Three hundred files that are damaged, mislabelled or made to harm. Made anew, the same each time."""

import io
import random
import zipfile
from collections.abc import Iterator
from typing import Any

import xlsxwriter

SCRIPTS = ("=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "@SUM(1)", "+1+1", "<script>alert(1)</script>", "\u202egnp")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = ("office", "table", "text", "manifest")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def files() -> Iterator[tuple[str, bytes]]:
    """Name and content of each file."""
    chance = random.Random(20261121)
    book, text = workbook(), ("NIP;Nama;Unit Kerja\n" + "1;Ani;Dinas\n" * 50).encode()
    for number in range(60):
        yield f"cut-{number}.xlsx", book[: len(book) * (number + 1) // 62]
    for number in range(70):
        yield f"flipped-{number}.xlsx", flipped(book, chance, 1 + number)
    for number in range(40):
        yield f"flipped-{number}.csv", flipped(text, chance, 1 + number * 3)
    for number in range(30):
        yield f"noise-{number}.xls", (OLE if number % 2 else b"") + chance.randbytes(200 * (number + 1))
    for number in range(20):
        yield f"repacked-{number}.xlsx", repacked(book, chance)
    for number in range(20):
        yield f"cells-{number}.xlsx", workbook([[chance.choice(SCRIPTS) for _ in range(3)] for _ in range(20)])
    for number, (name, content) in enumerate(wrong_endings() * 4):
        yield f"{number}-{name}", content
    yield from bombs()


def workbook(rows: list[list[Any]] | None = None, *, merges: int = 0, far: tuple[int, int] | None = None) -> bytes:
    """A small honest workbook, or one with something in it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    for number, cells in enumerate([["NIP", "Nama", "Unit Kerja"], *(rows or [["1", "Ani", "Dinas"]] * 30)]):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell)
    for number in range(merges):
        sheet.merge_range(100 + number * 2, 0, 101 + number * 2, 5, "x")
    if far:
        sheet.write_string(*far, "x")
    book.close()
    return out.getvalue()


def flipped(content: bytes, chance: random.Random, times: int) -> bytes:
    bent = bytearray(content)
    for _ in range(times):
        bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


def repacked(content: bytes, chance: random.Random) -> bytes:
    """The zip is whole, but something in one of its parts is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        bent = chance.choice(names)
        for name in names:
            part = source.read(name)
            if name == bent:
                part = part[: chance.randrange(len(part))] if chance.random() < 0.5 else flipped(part, chance, 20)
            target.writestr(name, part)
    return out.getvalue()


def wrong_endings() -> list[tuple[str, bytes]]:
    return [
        ("web.xls", b"<html><body><table><tr><td>NIP</td></tr></table></body></html>"),
        ("paper.xlsx", b"%PDF-1.7\n%%EOF"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(400)),
        ("program.csv", b"MZ" + bytes(range(256)) * 4),
        ("document.xlsx", packed({"word/document.xml": b"<w:document/>", "[Content_Types].xml": b"<Types/>"})),
        ("nothing.xlsx", b""),
        ("xml.xls", b'<?xml version="1.0"?><Workbook/>'),
        ("locked.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        ("blank.csv", b"\r\n" * 500),
        ("zeros.ods", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""})),
    ]


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bombs() -> Iterator[tuple[str, bytes]]:
    zeros = bytes(60 * 2**20)
    yield "zeros.xlsx", packed({"xl/workbook.xml": zeros})
    entities = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    yield "entities.xlsx", packed({"xl/workbook.xml": entities})
    yield "parts.xlsx", packed({"xl/workbook.xml": b"<a/>"} | {f"xl/{number}.xml": b"" for number in range(4000)})
    yield "far.xlsx", workbook(far=(1_048_575, 16_383))
    yield "wide.xlsx", workbook(far=(0, 16_383))
    yield "tall.xlsx", workbook(far=(1_048_575, 300))
    yield "merged.xlsx", workbook(merges=3000)
    yield "macro.xlsm", packed_with(workbook(), {"xl/vbaProject.bin": OLE + bytes(900)})
    yield "quote.csv", b'NIP;Nama;Unit\n1;"' + b"a" * 3_000_000
    yield "line.csv", b"x" * 3_000_000
    yield "columns.csv", b"NIP;Nama;Unit Kerja" + b";" * 1_000_000 + b"\n1;Ani;Dinas\n"
    yield "words.csv", b"NIP;Nama;Unit\n" + b"1;" * 200_000
    repeated = (
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell'
        ' office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ODS_SPACES)
    document = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>{repeated}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<?xml version="1.0"?><manifest:manifest {spaces}/>'
    parts = {"mimetype": ODS, "META-INF/manifest.xml": manifest.encode(), "content.xml": document.encode()}
    yield "repeated.ods", packed(parts)
    for number in range(7):
        yield f"deep-{number}.csv", ("\x00" * number + "\ufeff" * number + "NIP,Nama,Unit\n1,Ani,X\n").encode()


def packed_with(content: bytes, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()

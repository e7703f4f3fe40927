"""Files as they should not be, made here: nothing harmful lies in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image, PngImagePlugin

CANARY = b"CANARY-Siti-Rahmawati"


def picture(form="JPEG", size=(64, 48), colour=(200, 60, 40), **kwargs) -> bytes:
    out = io.BytesIO()
    Image.new(kwargs.pop("mode", "RGB"), size, colour).save(out, form, **kwargs)
    return out.getvalue()


def exif(orientation=1) -> bytes:
    data = Image.Exif()
    data[0x010E] = data[0x8298] = data[0x013B] = CANARY.decode()
    data[0x0112] = orientation
    data.get_ifd(0x8825).update({1: "S", 2: (7.0, 15.0, 30.0), 3: "E", 4: (112.0, 45.0, 10.0)})
    return bytes(data.tobytes())


def photo_with_secrets(form="JPEG") -> bytes:
    """A picture that carries the canary in EXIF, comment, XMP, profile and text chunks, and behind its end."""
    extra: dict[str, Any] = {"exif": exif(), "icc_profile": b"\0" * 128 + CANARY}
    if form == "JPEG":
        extra |= {"comment": CANARY, "xmp": CANARY}
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", CANARY.decode())
        info.add_itxt("Beschreibung", CANARY.decode(), zip=False)
        extra |= {"pnginfo": info}
    if form == "WEBP":
        extra |= {"xmp": CANARY}
    return picture(form, **extra) + CANARY


def animation(form) -> bytes:
    frames = [Image.new("RGB", (32, 32), (shade, 0, 0)) for shade in (0, 90, 180)]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def several_views() -> bytes:
    """An MPO, as phones with two lenses write it: a JPEG with more pictures behind it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    return out.getvalue()


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that claims a size, whatever its data holds."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A small PNG whose compressed text unfolds to 100 MB."""
    body = b"Comment\0\0" + zlib.compress(b"A" * 100_000_000)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    whole = picture("PNG")
    return whole[:33] + chunk + whole[33:]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("foto.jpg", b"\xff\xd8\xff")
    return out.getvalue()


SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(document.domain)</script>"


def jpeg_claiming(width: int, height: int) -> bytes:
    """A JPEG whose frame header claims a size of its own."""
    whole = bytearray(picture())
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def pdf(body: bytes = b"", tail: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"\ntrailer << /Root 1 0 R >>\n%%EOF\n" + tail


def packed_pdf(content: bytes, kind: bytes = b"ObjStm", level: int = -1) -> bytes:
    stream = zlib.compress(content, level)
    return pdf(b"2 0 obj << /Type /%b /Filter /FlateDecode /Length 9 >> stream\n%b\nendstream endobj" % (kind, stream))


def scanned_pdf(body: bytes) -> bytes:
    return pdf(b"2 0 obj << /Subtype /Image /Filter /DCTDecode /Length 9 >> stream\n" + body + b"\nendstream endobj")


def not_photos() -> Iterator[tuple[str, bytes, str, str]]:
    """Name as sent, bytes, and the refusal as a photo and as a proof."""
    for name, content in {
        "zip.jpg": archive(),
        "svg.jpg": SCRIPT,
        "svg.svg": b'<?xml version="1.0"?>' + SCRIPT,
        "html.png": HTML,
        "xml.jpg": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "exe.jpg": b"MZ" + b"\0" * 200,
        "elf.jpg": b"\x7fELF" + b"\0" * 200,
        "shell.jpg": b"#!/bin/sh\nrm -rf /\n",
        "php.jpg": b"<?php system($_GET['c']); ?>",
        "text.jpg": b"bukan foto",
        "nul.jpg": b"\0" * 4096,
        "random.jpg": bytes(range(256)) * 8,
        "bmp.jpg": picture("BMP"),
        "tiff.jpg": picture("TIFF"),
        "ico.jpg": picture("ICO"),
        "tga.jpg": picture("TGA"),
        "eps.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n",
        "avif.jpg": picture("AVIF"),
        "mp4.jpg": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2mp41" + b"\0" * 100,
        "wav.jpg": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40,
        "gzip.jpg": b"\x1f\x8b\x08" + b"\0" * 60,
        "office.jpg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        "html-before-jpeg.jpg": HTML + picture(),
        "pdf-behind-junk.pdf": b"junk\n" + pdf(),
    }.items():
        yield name, content, "not_a_photo", "neither_photo_nor_pdf"
    for brand in (b"heic", b"heix", b"mif1", b"msf1"):
        yield f"{brand.decode()}.jpg", b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + b"\0" * 99, "heic", "heic"
    for name, content in {
        "gif.gif": animation("GIF"),
        "webp.webp": animation("WEBP"),
        "apng.png": animation("PNG"),
    }.items():
        yield name, content, "animated", "animated"
    for name, content in {
        "bomb.png": png(60_000, 60_000, b"\0" * 1000),
        "wide.png": png(50_000_001, 1),
        "above-pillows-own-limit.png": png(12_000, 12_000),
        "just-over.jpg": jpeg_claiming(10_000, 5_001),
    }.items():
        yield name, content, "too_many_pixels", "too_many_pixels"
    for name, content in {
        "cut.jpg": picture(size=(600, 400))[:-400],
        "half.jpg": picture(size=(600, 400))[:300],
        "head-only.jpg": b"\xff\xd8\xff\xe0",
        "cut.png": picture("PNG", size=(300, 300))[:-40],
        "no-data.png": png(400, 400, b"\0" * 10),
        "no-size.png": png(0, 0),
        "cut.webp": picture("WEBP", size=(300, 300))[:60],
        "cut.gif": picture("GIF")[:20],
        "zip-with-png-head.png": b"\x89PNG\r\n\x1a\n" + archive(),
        "script-with-gif-head.gif": b"GIF89a/*" + b"\0" * 4 + b"*/=1;alert(1)",
        "jpeg-head-then-html.jpg": b"\xff\xd8\xff" + HTML,
        "riff-webp-then-nothing.webp": b"RIFF\x04\0\0\0WEBP",
        "text-bomb.png": text_bomb(),
    }.items():
        yield name, content, "broken", "broken"
    yield "empty.jpg", b"", "empty", "empty"
    yield "huge.jpg", picture() + b"\0" * (15 * 1024 * 1024), "too_large", "too_large"


def not_proofs() -> Iterator[tuple[str, bytes, str]]:
    """PDFs that are refused as a proof."""
    yield "cut.pdf", pdf()[:-8], "broken"
    yield "tail.pdf", pdf(tail=b"\0" * 5000), "broken"
    yield "head.pdf", b"%PDF-1.7\n", "broken"
    for active in (b"/JavaScript", b"/JS (app.alert(1))", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA []"):
        yield f"{active[1:5].decode()}.pdf", pdf(b"<< /S " + active + b" >>"), "pdf_is_active"
    yield "escaped.pdf", pdf(b"<< /S /J#61vaScript >>"), "pdf_is_active"
    yield "packed.pdf", packed_pdf(b"<< /S /JavaScript /JS (x) >>"), "pdf_is_active"
    yield "packed under another name.pdf", packed_pdf(b"<< /S /JavaScript /JS (x) >>", b"Obj#53tm"), "pdf_is_active"
    yield "packed behind an end.pdf", packed_pdf(b"endstream " * 9 + b"<< /JS (x) >>", level=0), "pdf_is_active"
    yield "hidden in a scan.pdf", scanned_pdf(b"\xff\xd8 3 0 obj << /S /Launch >> endobj"), "pdf_is_active"
    yield "behind a scan.pdf", scanned_pdf(b"\xff\xd8\nendstream endobj 3 0 obj << /JS (x) >> endobj"), "pdf_is_active"
    yield "bomb.pdf", packed_pdf(b"\0" * 30_000_000), "broken"

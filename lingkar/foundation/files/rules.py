"""What each kind of file may be, judged by its bytes. Names and headers are never believed. Pure."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lingkar.foundation.refusals import Refused

MB = 1024 * 1024
LARGEST = 15 * MB
"""Bytes of one file, whatever its kind."""
MOST_PIXELS = 50_000_000
"""Asked of the header, before a single pixel is decoded: a bomb never goes off."""
LONGEST_SIDE = 2000
SMALL_SIDE = 640


@dataclass(frozen=True)
class Policy:
    """What a kind accepts. A picture is always re-encoded."""

    pictures: bool
    documents: bool
    played: bool = False


POLICIES = {
    "photo": Policy(pictures=True, documents=False),
    "proof": Policy(pictures=True, documents=True),
    "lesson": Policy(pictures=True, documents=True, played=True),
}

PDF = "application/pdf"
UNJUDGED = "application/octet-stream"
"""A sheet before its reader has judged it."""
SIGNATURES = (
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/gif", 0, b"GIF8"),
    ("image/webp", 8, b"WEBP"),
    (PDF, 0, b"%PDF-"),
)
PLAYED = (
    ("audio/mpeg", 0, b"ID3"),
    ("audio/mpeg", 0, b"\xff\xfb"),
    ("audio/mpeg", 0, b"\xff\xf3"),
    ("audio/ogg", 0, b"OggS"),
    ("audio/mp4", 4, b"ftypM4A "),
    ("video/mp4", 4, b"ftypisom"),
    ("video/mp4", 4, b"ftypiso2"),
    ("video/mp4", 4, b"ftypmp4"),
    ("video/mp4", 4, b"ftypavc1"),
    ("video/webm", 0, b"\x1a\x45\xdf\xa3"),
)
"""What a browser plays; taken where lessons are made, and kept as sent."""
"""The few types that are accepted, by media type, place and first bytes; everything else is refused unread."""
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1"}


def check_size(size: int) -> None:
    """Refused when nothing was sent or more than ``LARGEST``."""
    if size == 0:
        raise Refused("files.empty")
    if size > LARGEST:
        raise Refused("files.too_large", most=LARGEST // MB)


def type_of(content: bytes) -> str:
    """The media type that the first bytes tell, or "" when it is none that is ever accepted."""
    for media_type, at, magic in (*SIGNATURES, *PLAYED):
        if content[at : at + len(magic)] == magic:
            return media_type
    return ""


def check_type(kind: str, found: str, content: bytes) -> None:
    """Refused unless ``kind`` takes what the bytes were ``found`` to be. HEIC gets an answer of its own."""
    policy = POLICIES[kind]
    if (policy.pictures and found.startswith("image/")) or (policy.documents and found == PDF):
        return
    if policy.played and found.startswith(("audio/", "video/")):
        return
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise Refused("files.heic")
    if policy.played:
        raise Refused("files.no_lesson_material")
    raise Refused("files.neither_photo_nor_pdf" if policy.documents else "files.not_a_photo")


def check_pixels(width: int, height: int) -> None:
    """Refused when a picture would unfold to more than ``MOST_PIXELS``."""
    if width * height > MOST_PIXELS:
        raise Refused("files.too_many_pixels", most=MOST_PIXELS // 1_000_000)


ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
"""Names in a PDF that make it do something, or carry something, besides being read."""
ACTIVE_NAME = re.compile(rb"(?:" + b"|".join(ACTIVE) + rb")(?![^\s\0()<>\[\]{}/%])")
"""A name goes on until white space or a sign that ends it: the end of an address such as …/JS58-SMTX is no script."""
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
BODY = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
HEAD = 1000
"""Bytes before a stream in which its dictionary stands."""
MOST_UNPACKED = 20 * MB
TAIL = 2048


def check_pdf(content: bytes) -> None:
    """Refused unless a PDF is one from its first byte to its last, and does nothing but be read.

    Looks for active names wherever an object may stand: outside of streams, in streams that hold the beginning of an
    object, and in unpacked object streams. Not in what is left, such as photos: the three bytes of /JS stand there by
    chance once in 16 MB. This is a fence, not a wall: a PDF is therefore only ever handed out as a download.
    """
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-TAIL:]:
        raise Refused("files.broken")
    if any(ACTIVE_NAME.search(part) for part in _told(content)):
        raise Refused("files.pdf_is_active")


def _told(content: bytes) -> Iterator[bytes]:
    """The parts of a PDF that hold objects, names without escapes."""
    left, end = MOST_UNPACKED, 0
    for found in BODY.finditer(content):
        before, body = _named(content[end : found.start()]), found[1]
        yield before
        if OBJECT.search(body):
            yield _named(body)
        if b"/ObjStm" in before[-HEAD:]:
            part = _unpacked(memoryview(content)[found.start(1) :], left)
            left -= len(part)
            if left <= 0:
                raise Refused("files.broken")
            yield _named(part or body)
        end = found.end()
    yield _named(content[end:])


def _named(part: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked(body: memoryview, most: int) -> bytes:
    """What the object stream that begins here holds, at most so many bytes; nothing when it is packed otherwise."""
    try:
        return zlib.decompressobj().decompress(body, most)
    except zlib.error:
        return b""


NOT_IN_A_NAME = re.compile(r"[^\w .,()\-]|_{2,}|^\W+", re.ASCII)
LONGEST_NAME = 80


ENDING = re.compile(r"\.(xlsx|xlsm|xlsb|xls|ods|csv|txt)$", re.IGNORECASE)


def clean_sheet_name(name: str) -> str:
    """As ``clean_name``, with the ending that the sheet had; whatever it had is not believed."""
    ending = ENDING.search(name)
    return clean_name(name).removesuffix(".pdf") + (ending[0].lower() if ending else "")


def clean_played_name(name: str, media_type: str) -> str:
    """As ``clean_name``, with the ending of its type."""
    return (
        clean_name(name).removesuffix(".pdf")
        + "."
        + {"audio/mpeg": "mp3", "audio/mp4": "m4a"}.get(media_type, media_type.rpartition("/")[2])
    )


def clean_name(name: str) -> str:
    """A name for a download: the last part of what was sent, with plain letters and one ending, ``.pdf``."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "berkas"
    plain = " ".join(NOT_IN_A_NAME.sub(" ", stem).replace(".", " ").split())
    return f"{plain[:LONGEST_NAME].strip() or 'berkas'}.pdf"


SPAN = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def span(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a ``Range`` header asks for; None for the whole file, or what cannot be served."""
    match = SPAN.fullmatch(header.strip())
    if match is None or match[1] == match[2] == "":
        return None
    first = int(match[1]) if match[1] else max(size - int(match[2]), 0)
    last = min(int(match[2]), size - 1) if match[1] and match[2] else size - 1
    return (first, last) if first <= last < size else None

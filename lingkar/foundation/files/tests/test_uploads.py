"""Requests that send too much, too little or lies."""

import io
import tracemalloc
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from lingkar.foundation.files.rules import LARGEST, MB
from lingkar.foundation.files.tests import hostile
from lingkar.foundation.files.web import uploads
from lingkar.foundation.files.web.uploads import BoundedUpload, TooLargeFile

BOUNDARY = "BoUnDaRy"


class Endless(io.RawIOBase):
    """A body that is made while it is read, so that a test of 60 MB needs none."""

    def __init__(self, *parts: bytes | int) -> None:
        self.parts: list[Any] = list(parts)
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into) -> int:
        while self.parts and not self.parts[0]:
            self.parts.pop(0)
        if not self.parts:
            return 0
        part = self.parts[0]
        if isinstance(part, int):
            count = min(part, len(into))
            into[:count] = b"\xff" * count
            self.parts[0] = part - count
        else:
            count = min(len(part), len(into))
            into[:count] = part[:count]
            self.parts[0] = part[count:]
        self.read_bytes += count
        return count


def field(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def file_head(name: str = "foto") -> bytes:
    words = f'form-data; name="{name}"; filename="IMG.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return f"--{BOUNDARY}\r\nContent-Disposition: {words}".encode()


END = f"\r\n--{BOUNDARY}--\r\n".encode()


def request_with(body: Endless, length: int) -> HttpRequest:
    environ: Any = {
        "wsgi.input": body,
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(length),
    }
    request = RequestFactory().generic("POST", "/lapor/", **environ)
    request.upload_handlers = [BoundedUpload(request)]
    return request


def sent(size: int, after: bytes = END) -> HttpRequest:
    return sent_with(size, after)[0]


def sent_with(size: int, after: bytes = END) -> tuple[HttpRequest, Endless]:
    head = field("teks", "Lampu jalan mati") + file_head()
    body = Endless(head, size, after)
    return request_with(body, len(head) + size + len(after)), body


def test_a_photo_of_60_mb_keeps_the_text_and_fills_no_memory():
    after = b"\r\n" + field("lokasi", "Jl. Kenanga") + END[2:]
    request = sent(60 * MB, after)
    tracemalloc.start()
    text, place, photo = request.POST["teks"], request.POST["lokasi"], request.FILES["foto"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (text, place) == ("Lampu jalan mati", "Jl. Kenanga")
    assert isinstance(photo, TooLargeFile)
    assert (photo.size, photo.read()) == (60 * MB, b"")
    assert peak < 2.5 * LARGEST


def test_a_photo_within_the_limit_arrives_whole():
    photo = sent(LARGEST).FILES["foto"]
    assert photo.size == LARGEST
    assert photo.read() == b"\xff" * LARGEST


def test_one_byte_more_is_too_large():
    assert isinstance(sent(LARGEST + 1).FILES["foto"], TooLargeFile)


def test_several_photos_share_a_limit():
    parts = [part for n in range(4) for part in (file_head(f"foto{n}"), 14 * MB, b"\r\n")]
    length = sum(part if isinstance(part, int) else len(part) for part in parts)
    request = request_with(Endless(*parts, END[2:]), length + len(END) - 2)
    assert [isinstance(request.FILES[f"foto{n}"], TooLargeFile) for n in range(4)] == [False, False, False, True]


def test_a_file_after_a_large_one_still_arrives():
    after = b"\r\n" + file_head("kecil") + hostile.picture() + END
    request = sent(20 * MB, after)
    assert isinstance(request.FILES["foto"], TooLargeFile)
    assert request.FILES["kecil"].read() == hostile.picture()


def test_reading_stops_where_it_makes_no_sense_any_more(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_SENT", 20 * MB)
    request, body = sent_with(400 * MB)
    assert request.POST["teks"] == "Lampu jalan mati"
    assert isinstance(request.FILES["foto"], TooLargeFile)
    assert body.read_bytes < 22 * MB


@pytest.mark.parametrize("claimed", [0, 100, 10**12])
def test_a_length_that_lies_reads_what_is_there(claimed):
    head = field("teks", "Lampu jalan mati") + file_head()
    request = request_with(Endless(head, 1000, END), claimed)
    assert request.POST.get("teks", "") in ("", "Lampu jalan mati")
    assert all(not isinstance(file, TooLargeFile) for file in request.FILES.values())


def test_a_body_that_breaks_off_gives_no_half_photo():
    head = field("teks", "Lampu jalan mati") + file_head()
    request = request_with(Endless(head, 1000, b""), len(head) + 5000)
    assert request.POST["teks"] == "Lampu jalan mati"

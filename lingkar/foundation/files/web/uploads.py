"""Take uploads in without filling memory or disk, and without losing what else was sent."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from lingkar.foundation.files.rules import LARGEST, MB

MOST_KEPT = 3 * LARGEST
"""Bytes of all files of one request that are held in memory."""
MOST_SENT = 200 * MB
"""Bytes of files in one request after which the rest of the request is not read any more."""


class TooLargeFile(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """Stands for a file that was too large: no bytes, but the form still sees that something was sent."""

    is_too_large = True


class BoundedUpload(FileUploadHandler):
    """Keeps each file in memory up to ``LARGEST`` bytes; of a larger one it drops everything and reads on.

    So the fields after it, the text somebody typed, are still read, and the view finds a ``TooLargeFile`` in its place.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.kept = self.sent = 0
        self.chunks: list[bytes] | None = []
        self.end = b""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Called before anything is read, with the boundary as fourth argument."""
        super().handle_raw_input(*args, **kwargs)
        self.end = b"\r\n--" + args[3] + b"--\r\n"

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.chunks = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.sent += len(raw_data)
        if self.sent > MOST_SENT:
            self._read_no_more()
        if self.chunks is not None:
            self._keep(raw_data, start)

    def _read_no_more(self) -> None:
        """Let the request end here. Unlike Django's ``StopUpload`` this leaves the view a ``TooLargeFile``."""
        self.chunks = None
        if self.request is not None:
            self.request._stream = io.BytesIO(self.end)

    def _keep(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LARGEST or self.kept + len(raw_data) > MOST_KEPT:
            self.kept -= start
            self.chunks = None
        elif self.chunks is not None:
            self.kept += len(raw_data)
            self.chunks.append(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        name, kind = self.file_name or "", self.content_type or ""
        if self.chunks is None:
            return TooLargeFile(io.BytesIO(), name=name, content_type=kind, size=file_size)
        content = io.BytesIO(b"".join(self.chunks))
        self.chunks = []
        return InMemoryUploadedFile(content, self.field_name, name, kind, file_size, self.charset)

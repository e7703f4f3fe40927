"""Hand out a stored file. There is no route here: a module checks who may see its row, then answers with ``serve``."""

from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO

from django.http import FileResponse, Http404

from lingkar.foundation.files import queries, rules
from lingkar.foundation.files.models import StoredFile


def serve(file: StoredFile, *, inline: bool = True, small: bool = False, span: str = "") -> FileResponse:
    """The bytes as a response that no browser runs, guesses about, shares or keeps.

    A picture is shown, audio and video are played in the page when ``inline``; a document is always a download. A lost
    file is 404. ``span`` is the header ``Range``: players ask for a part of what they play.
    """
    try:
        content = queries.content(file, small=small)
    except FileNotFoundError:
        raise Http404("the file is lost; doctor names it") from None
    asked = rules.span(span, file.size) if file.is_played else None
    if asked:
        return _part(file, content, *asked)
    return _whole(file, content, inline=inline)


def _part(file: StoredFile, content: BinaryIO, first: int, last: int) -> FileResponse:
    content.seek(first)
    answer = _whole(file, BytesIO(content.read(last - first + 1)), inline=True)
    content.close()
    answer.status_code = HTTPStatus.PARTIAL_CONTENT
    answer["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return answer


def _whole(file: StoredFile, content: BinaryIO, *, inline: bool) -> FileResponse:
    return FileResponse(
        content,
        as_attachment=not (inline and (file.is_picture or file.is_played)),
        filename=file.name,
        content_type=file.media_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
            "Accept-Ranges": "bytes" if file.is_played else "none",
        },
    )

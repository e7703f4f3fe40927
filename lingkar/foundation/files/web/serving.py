"""Hand out a stored file. There is no route here: a module checks who may see its row, then answers with ``serve``."""

from django.http import FileResponse, Http404

from lingkar.foundation.files import queries
from lingkar.foundation.files.models import StoredFile


def serve(file: StoredFile, *, inline: bool = True, small: bool = False) -> FileResponse:
    """The bytes as a response that no browser runs, guesses about, shares or keeps.

    A picture is shown, audio and video are played in the page when ``inline``; a document is always a download. A lost
    file is 404.
    """
    try:
        content = queries.content(file, small=small)
    except FileNotFoundError:
        raise Http404("the file is lost; doctor names it") from None
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
        },
    )

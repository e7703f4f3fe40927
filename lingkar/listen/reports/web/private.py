"""Pages that only the holder of a token or code may see leave no trace in caches and search engines."""

from functools import wraps
from typing import Any

from django.http import HttpResponseBase

from lingkar.foundation.access.web import Request, View

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # "no-referrer" would make browsers send forms with "Origin: null"
    "X-Robots-Tag": "noindex, nofollow",
}


def private(view: View) -> View:
    """View decorator: the page is kept nowhere, its address is told to nobody, no search engine lists it."""

    @wraps(view)
    def guarded(request: Request, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return guarded

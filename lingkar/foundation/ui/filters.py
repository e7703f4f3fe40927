"""A list remembers its filter: in the address always, for somebody signed in also from visit to visit."""

from django.http import HttpResponseRedirect, QueryDict

from lingkar.foundation.access.web import Request

KEY = "filters"
FORGET = "semua"
NEVER_KEPT = ("q", "halaman", "unduh")
"""The page number is stale tomorrow; searched words may be about a person; a list is taken along once."""


def remembered(request: Request) -> HttpResponseRedirect | None:
    """Where the last filter of this list leads, when somebody comes back without one. Call it first in the view.

    A visit with a filter keeps it in the session; ``?semua`` forgets it.
    """
    if not request.actor.is_signed_in:
        return None
    kept: dict[str, str] = request.session.get(KEY, {})
    if request.GET:
        _keep(request, kept)
        return HttpResponseRedirect(request.path) if FORGET in request.GET else None
    return HttpResponseRedirect(f"{request.path}?{kept[request.path]}") if request.path in kept else None


def _keep(request: Request, kept: dict[str, str]) -> None:
    query = "" if FORGET in request.GET else _lasting(request.GET)
    if query != kept.get(request.path, ""):
        others = {path: value for path, value in kept.items() if path != request.path}
        request.session[KEY] = others | ({request.path: query} if query else {})


def _lasting(query: QueryDict) -> str:
    lasting = query.copy()
    for name in list(lasting):
        if name in NEVER_KEPT or not any(lasting.getlist(name)):
            del lasting[name]
    return lasting.urlencode()

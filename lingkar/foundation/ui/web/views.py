"""Pages that belong to no module."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lingkar.foundation.access.web import Request
from lingkar.foundation.ui.middleware import COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to where the person was."""
    back, language = request.POST.get("next", ""), request.POST.get("language", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, language, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response

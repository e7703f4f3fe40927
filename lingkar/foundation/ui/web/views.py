"""Pages that belong to no module."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from lingkar.foundation.access.web import Request
from lingkar.foundation.ui import navigation
from lingkar.foundation.ui.middleware import COOKIE
from lingkar.foundation.ui.shells import shells

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


@require_GET
def work(request: Request) -> HttpResponse:
    """Where somebody's work begins: the first page of the navigation that they may use, else home."""
    found = navigation.entries(request.actor)
    return HttpResponseRedirect(found[0].url if found else "/")


@require_GET
def offline(_request: Request) -> HttpResponse:
    """What a phone shows without a network. Drawn without the request, so that the kept copy names nobody."""
    return HttpResponse(render_to_string("ui/offline.html"))


@require_GET
def service_worker(_request: Request) -> HttpResponse:
    """The script that keeps the offline page. Its cache is named after what it keeps, so a new version replaces it."""
    assets = sorted({asset for shell in shells() for asset in shell.assets})
    context = {"offline": reverse("offline"), "shells": shells(), "assets": assets, "version": _version(assets)}
    script = render_to_string("ui/sw.js", context)
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _version(assets: list[str]) -> str:
    """Named after what is kept: names of static files carry a digest of what is in them."""
    urls = [shell.url for shell in shells()]
    kept = "".join((render_to_string("ui/offline.html"), static("ui/ui.css"), *urls, *assets))
    return f"luring-{sha256(kept.encode()).hexdigest()[:12]}"

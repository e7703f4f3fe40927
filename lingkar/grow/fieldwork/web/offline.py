"""What the phone needs while there is no network, and when it comes back."""

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from lingkar.foundation.access.web import Request
from lingkar.grow.fieldwork.web.forms import EntryForm


@require_safe
def shell(_request: Request) -> HttpResponse:
    """The logbook as a phone shows it without a network. Drawn without the request, so the kept copy names nobody."""
    return HttpResponse(render_to_string("fieldwork/offline.html", {"form": EntryForm()}))


@require_safe
def token(request: Request) -> JsonResponse:
    """A fresh form token, for entries that waited longer than the page they were written on."""
    return JsonResponse({"token": get_token(request)}, headers={"Cache-Control": "no-store"})

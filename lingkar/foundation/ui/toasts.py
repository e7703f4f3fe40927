"""A short word after a part of a page was exchanged. Whole pages use ``django.contrib.messages``."""

from django.http import HttpResponse
from django_htmx.http import trigger_client_event


def toast(response: HttpResponse, text: str, *, kind: str = "good") -> HttpResponse:
    """Let the page say ``text`` when it receives this answer to htmx. ``kind``: info, good, warn or bad."""
    return trigger_client_event(response, "toast", {"text": text, "kind": kind})

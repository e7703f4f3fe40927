"""What every page template knows."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lingkar.foundation.ui.token import token_for


def page(request: HttpRequest) -> dict[str, Any]:
    """``agency``, ``actor``, whether this is the demo, and the token of its forms, made when it is asked for."""
    return {
        "agency": getattr(request, "agency", None),
        "actor": getattr(request, "actor", None),
        "is_demo": settings.DEMO,
        "csrf_token": SimpleLazyObject(partial(token_for, request)),
    }

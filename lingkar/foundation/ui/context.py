"""What every page template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """``agency``, ``actor`` and whether this is the demo."""
    return {
        "agency": getattr(request, "agency", None),
        "actor": getattr(request, "actor", None),
        "is_demo": settings.DEMO,
    }

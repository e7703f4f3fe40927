"""Pages of the roof."""

from django.http import HttpResponse
from django.shortcuts import render

from lingkar.foundation.access.web import Request


def home(request: Request) -> HttpResponse:
    """The citizen's home."""
    return render(request, "site/home.html")

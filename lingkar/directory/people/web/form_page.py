"""Pages that are one form: what stands above it, where it leads back to, what its button says."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from lingkar.foundation.access.web import Request


@dataclass(frozen=True)
class FormPage:
    """The words of a page with one form. ``back`` is an address, called ``back_to``; also where "cancel" leads."""

    title: str
    save: str
    back: str
    back_to: str
    lead: str = ""
    icon: str = ""
    variant: str = "primary"
    method: str = "post"


def form_page(request: Request, page: FormPage, form: Form) -> HttpResponse:
    """The page, with 422 when what was typed is not in order."""
    context: dict[str, Any] = {"page": page, "form": form}
    return render(request, "people/form.html", context, status=422 if form.is_bound and form.errors else 200)

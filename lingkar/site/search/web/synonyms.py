"""The page on which an agency says what means the same."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.search.registry import shipped
from lingkar.foundation.sheets.web import export, wanted
from lingkar.site.search import queries, services

PER_PAGE = 50
COLUMNS: dict[str | Promise, Callable[[Any], Any]] = {
    gettext_lazy("Phrases that mean the same"): lambda row: ", ".join(row.phrases),
    gettext_lazy("Last changed"): lambda row: row.changed_at,
}


class SynonymForm(forms.Form):
    """A group as people write it."""

    phrases = forms.CharField(
        label=gettext_lazy("Words and phrases that mean the same"),
        help_text=gettext_lazy("One on each line. Capital letters, accents and hyphens make no difference."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """The groups of the agency, and what Lingkar brings along."""
    rows = queries.synonyms()
    if wanted(request):
        return export(request, rows, COLUMNS, name=_("Synonyms of the search"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "search/synonyms.html", {"page": page, "shipped": shipped()})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponseBase:
    """A new group."""
    form = SynonymForm(request.POST or None)
    if request.method == "POST" and _saved(request, form, services.add_synonym):
        messages.success(request, _("Saved. The search takes it from now on."))
        return redirect("search:synonyms")
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, synonym: UUID) -> HttpResponseBase:
    """Change a group."""
    row = queries.synonym_of(synonym)
    form = SynonymForm(request.POST or None, initial={"phrases": "\n".join(row.phrases)})
    if request.method == "POST" and _saved(request, form, services.change_synonym, synonym=row.pk):
        messages.success(request, _("Saved. The search takes it from now on."))
        return redirect("search:synonyms")
    return _page(request, form, row=row)


@require_POST
def remove(request: Request, synonym: UUID) -> HttpResponseBase:
    """Remove a group."""
    services.remove_synonym(synonym=synonym, by=request.actor, at=timezone.now())
    messages.success(request, _("Removed. The search no longer takes these words for the same."))
    return redirect("search:synonyms")


def _saved(request: Request, form: SynonymForm, verb: Callable[..., object], **which: Any) -> bool:
    if not form.is_valid():
        return False
    lines = form.cleaned_data["phrases"].replace(",", "\n").splitlines()
    try:
        verb(phrases=lines, by=request.actor, at=timezone.now(), **which)
    except Refused as refusal:
        form.add_error("phrases", _sentences()[refusal.code] % refusal.details)
        return False
    return True


def _page(request: Request, form: SynonymForm, **more: Any) -> HttpResponse:
    return render(request, "search/synonym.html", {"form": form, **more}, status=422 if form.errors else 200)


def _sentences() -> dict[str, str]:
    return {
        "synonyms.two_needed": _("Write at least two different words or phrases of letters and digits."),
        "synonyms.too_many_phrases": _("Write at most %(most)s phrases in one group."),
        "synonyms.odd_length": _(
            "“%(phrase)s” does not fit: a phrase has 2 to %(most)s letters and at most %(words)s words."
        ),
        "synonyms.taken": _("“%(phrase)s” stands in another group already: %(group)s. Change that one instead."),
        "synonyms.too_many_groups": _("There are %(most)s groups already. Remove one that nobody needs first."),
    }

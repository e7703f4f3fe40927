"""The page on which an agency says which unit answers for what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.orgs.queries import lines_in
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.web import office_forms as forms
from lingkar.listen.reports.web.exports import CATEGORIES
from lingkar.listen.reports.web.office_sentences import FIELDS, sentence


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """All categories with their units."""
    categories = queries.all_categories()
    if wanted(request):
        return export(request, categories, CATEGORIES, name=_("Categories"))
    return render(request, "reports/office/categories.html", {"categories": categories})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponseBase:
    """A new category."""
    form = forms.NewCategoryForm(request.POST or None, units=_units(request))
    if request.method == "POST" and form.is_valid() and _saved(form, services.add_category, request):
        messages.success(request, _("The category is added. Reports can land in it from now on."))
        return redirect("reports:categories")
    return _page(request, form, {})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, category: UUID) -> HttpResponseBase:
    """Change a category for the reports to come."""
    item = queries.category_of(category)
    form = forms.CategoryForm(request.POST or None, initial=forms.form_of(item), units=_units(request))
    change = services.change_category
    if request.method == "POST" and form.is_valid() and _saved(form, change, request, category=item.pk):
        messages.success(request, _("Saved. It holds for reports that come in from now on."))
        return redirect("reports:categories")
    return _page(request, form, {"category": item})


def _saved(form: forms.CategoryForm, verb: Any, request: Request, **which: Any) -> bool:
    """Whether the verb was carried out; otherwise the form says why not."""
    try:
        verb(by=request.actor, at=timezone.now(), **which, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(FIELDS.get(refusal.code), sentence(refusal))
    except ValidationError as error:
        taken = error.message_dict
        form.add_error("code" if "code" in form.fields else None, [m for rows in taken.values() for m in rows])
    else:
        return True
    return False


def _page(request: Request, form: forms.CategoryForm, context: dict[str, Any]) -> HttpResponse:
    return render(
        request, "reports/office/category.html", {"form": form, **context}, status=422 if form.errors else 200
    )


def _units(request: Request) -> list[tuple[str, str]]:
    return forms.in_tree(lines_in(agency=request.agency.pk, day=timezone.localdate()))

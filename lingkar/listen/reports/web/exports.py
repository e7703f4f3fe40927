"""What the lists of reports say when they are taken along: masked words, and of a sealed case no words at all."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.listen.reports.models import Category, Report
from lingkar.listen.reports.web.office_rows import where

Columns = Mapping[str | Promise, Callable[[Any], Any]]


def _words(report: Report) -> str:
    return "" if report.is_sealed else report.text_shown


def _place(report: Report) -> str:
    return "" if report.is_sealed else where(report)


PUBLIC: Columns = {
    _("Number"): lambda report: report.number,
    _("Published"): lambda report: report.published_at,
    _("Category"): lambda report: report.category.name,
    _("Unit that answers"): lambda report: report.unit.name,
    _("Place"): lambda report: str(report.place or ""),
    _("State"): lambda report: report.get_state_display(),
    _("Promised date"): lambda report: report.next_due,
    _("Words"): lambda report: report.text_shown,
}
OFFICE: Columns = {
    _("Number"): lambda report: report.number,
    _("Received"): lambda report: report.received_at,
    _("Category"): lambda report: report.category.name,
    _("Unit that answers"): lambda report: report.unit.name,
    _("Place"): _place,
    _("State"): lambda report: report.get_state_display(),
    _("Promised date"): lambda report: report.next_due,
    _("Sealed"): lambda report: report.is_sealed,
    _("Words"): _words,
}
CATEGORIES: Mapping[str | Promise, Callable[[Category], Any]] = {
    _("Category"): lambda category: category.name,
    _("Unit that answers"): lambda category: category.unit.name if category.unit else "",
    _("Asks for"): lambda category: category.get_request_class_display(),
    _("Words"): lambda category: ", ".join(category.terms),
    _("Sealed"): lambda category: category.is_sensitive,
    _("In use"): lambda category: category.is_active,
}

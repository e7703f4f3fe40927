"""Pages of those who look after quizzes: the list, and the results of one."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.sheets.web import export, wanted
from lingkar.grow.exams import queries
from lingkar.grow.exams.queries import QuizLine, ResultLine
from lingkar.grow.exams.web.rows import Badge, Row, size_of

PER_PAGE = 30
COLUMNS: Mapping[str | Promise, Callable[[QuizLine], Any]] = {
    gettext_lazy("Code"): lambda row: row.code,
    gettext_lazy("Quiz"): lambda row: row.title,
    gettext_lazy("Unit"): lambda row: row.unit,
    gettext_lazy("Course"): lambda row: row.course,
    gettext_lazy("Questions shown"): lambda row: row.shown,
    gettext_lazy("Minutes"): lambda row: row.minutes,
    gettext_lazy("Published on"): lambda row: row.published_at,
}
RESULTS: Mapping[str | Promise, Callable[[ResultLine], Any]] = {
    gettext_lazy("Name"): lambda row: row.name,
    gettext_lazy("Attempt"): lambda row: row.number,
    gettext_lazy("Started"): lambda row: row.started_at,
    gettext_lazy("Handed in"): lambda row: row.submitted_at,
    gettext_lazy("By the clock"): lambda row: row.by_clock,
    gettext_lazy("Right answers"): lambda row: row.right,
    gettext_lazy("Score"): lambda row: row.score,
}


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """The quizzes of one's units."""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    rows = queries.managed(request.actor, text=words)
    if wanted(request):
        return export(request, rows, COLUMNS, name="kuis")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "exams/office/list.html", {"page": page, "rows": [_row(line) for line in page], "q": words})


def _row(line: QuizLine) -> Row:
    meta = " · ".join(filter(None, (line.code, line.unit, size_of(line), line.course)))
    badges = () if line.published_at else (Badge(_("Draft"), "warn"),)
    page = "exams:results" if line.published_at else "exams:desk"
    return Row(line.title, reverse(page, args=[line.id]), meta, badges)


@require_safe
def results(request: Request, quiz: UUID) -> HttpResponseBase:
    """Every attempt at a quiz."""
    rows = queries.results_of(quiz, by=request.actor)
    if wanted(request):
        return export(request, rows, RESULTS, name="hasil-kuis", personal=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"quiz": queries.quiz_of(quiz, by=request.actor), "page": page}
    return render(request, "exams/office/results.html", context)

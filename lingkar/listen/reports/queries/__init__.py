"""Questions about reports, always for somebody."""

from lingkar.listen.reports.queries.cases import CaseView, case_of, file_of_case, queue, queue_counts
from lingkar.listen.reports.queries.public import PublicView, overdue_published, published, published_case
from lingkar.listen.reports.queries.reporter import (
    Preview,
    Receipt,
    ReporterView,
    by_code,
    draft_of,
    file_of_draft,
    file_of_reporter,
    preview_of,
    receipt_for,
)
from lingkar.listen.reports.queries.routing import categories, propose_for

__all__ = [
    "CaseView",
    "Preview",
    "PublicView",
    "Receipt",
    "ReporterView",
    "by_code",
    "case_of",
    "categories",
    "draft_of",
    "file_of_case",
    "file_of_draft",
    "file_of_reporter",
    "overdue_published",
    "preview_of",
    "propose_for",
    "published",
    "published_case",
    "queue",
    "queue_counts",
    "receipt_for",
]

"""Pages of imports: send a sheet, look at what would happen, confirm, fetch the result."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.imports import queries, registry, services
from lingkar.foundation.imports.access import may_import
from lingkar.foundation.imports.models import Import, Outcome
from lingkar.foundation.imports.staging import refused_of
from lingkar.foundation.imports.telling import result_columns, sentence
from lingkar.foundation.imports.web.forms import ConfirmForm, SendForm
from lingkar.foundation.imports.web.rows import Line, line_of
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import writing
from lingkar.foundation.sheets.web import export, wanted

PER_PAGE = 25
QUIET_SECONDS, LONG_SECONDS = 60, 600
STATE_KINDS = {"ready": "warn", "done": "good", "failed": "bad"}


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: Request) -> HttpResponseBase:
    """Earlier imports, and the form for a new one."""
    kinds = queries.kinds_for(request.actor)
    form = SendForm(request.POST or None, request.FILES or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.start_import(
                kind=form.cleaned_data["kind"], upload=form.cleaned_data["file"], by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            form.add_error("file", sentence(refused))
        else:
            return redirect("imports:one", row.pk)
    rows = queries.imports_seen_by(request.actor)
    if wanted(request):
        return export(request, rows, LIST_COLUMNS, name=_("Imports"), personal=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "kinds": kinds,
        "page": page,
        "rows": [(row, _label(row.kind), STATE_KINDS.get(row.state, "")) for row in page],
    }
    return render(request, "imports/list.html", context, status=422 if form.is_bound else 200)


def _label(kind: str) -> str:
    found = registry.importers().get(kind)
    return str(found.label) if found else kind


LIST_COLUMNS: dict[Any, Callable[[Import], Any]] = {
    gettext_lazy("Started"): lambda row: row.started_at,
    gettext_lazy("Kind"): lambda row: _label(row.kind),
    gettext_lazy("File name"): lambda row: row.name,
    gettext_lazy("State"): lambda row: row.get_state_display(),
    gettext_lazy("Lines"): lambda row: row.total,
    gettext_lazy("New"): lambda row: row.new,
    gettext_lazy("Changed"): lambda row: row.changed,
    gettext_lazy("Same as before"): lambda row: row.same,
    gettext_lazy("Refused"): lambda row: row.refused,
}


@require_safe
def one(request: Request, source: UUID) -> HttpResponseBase:
    """One import: how far it is, and what becomes of each line."""
    row = queries.import_seen_by(request.actor, source)
    if request.htmx:
        return _progress(request, row)
    outcome = request.GET.get("hasil", "")
    outcome = outcome if outcome in Outcome.values else ""
    found = queries.rows_of(row, outcome)
    if wanted(request):
        return export(request, found, result_columns(row), name=_("Import result"), personal=True)
    importer = registry.importer_of(row.kind, row.about)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "row": row,
        "label": importer.label,
        "place": importer.place(by=request.actor) if row.about and registry.goes_into(importer) else None,
        "reason": sentence(refused_of(row.reason), importer) if row.reason else "",
        "told": [_Told(item) for item in row.told],
        "tabs": _tabs(row, outcome),
        "page": page,
        "lines": [line_of(item, row, importer) for item in page] if row.purged_at is None else list[Line](),
        "form": ConfirmForm(initial={"seen": row.sha256, "changes": "take"}),
        "is_stuck": row.is_running and _stands_still(row, timezone.now()),
    }
    return render(request, "imports/one.html", context)


def _stands_still(row: Import, now: datetime) -> bool:
    """Nothing came of it for a minute since it was set going, or it is not done after ten."""
    since = (now - (row.set_going_at or row.started_at)).total_seconds()
    return since > QUIET_SECONDS if row.done == 0 else since > LONG_SECONDS


class _Told:
    """What is said of one sheet of the file."""

    def __init__(self, item: dict[str, Any]) -> None:
        self.sheet, self.is_read = item["sheet"], item["is_read"]
        self.unknown = ", ".join(word for word in item["unknown"] if len(word) > 2)
        places = (f"{first}–{last}" if last > first else str(first) for first, last in item["left_out"])
        self.left_out = ", ".join(places)


def _progress(request: Request, row: Import) -> HttpResponse:
    """The part of the page that moves; when the work is done, the page is asked for anew."""
    if row.is_running and not row.has_stopped:
        return render(request, "imports/running.html", {"row": row})
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


def _tabs(row: Import, chosen: str) -> list[tuple[str, str, int, bool, str]]:
    counts = [("", _("All"), row.total)]
    counts += [(str(item), str(item.label), getattr(row, item.value)) for item in Outcome]
    return [
        (f"?hasil={name}" if name else "?", label, count, name == chosen, "bad" if name == "refused" and count else "")
        for name, label, count in counts
    ]


@require_POST
def confirm(request: Request, source: UUID) -> HttpResponseRedirect:
    """Write what was looked at."""
    form = ConfirmForm(request.POST)
    takes = not form.is_valid() or form.cleaned_data["changes"] != "leave"
    return _done(
        request,
        source,
        lambda: services.confirm_import(
            source=source, seen=request.POST.get("seen", ""), takes_changes=takes, by=request.actor, at=timezone.now()
        ),
        "",
    )


@require_POST
def drop(request: Request, source: UUID) -> HttpResponseRedirect:
    """Write nothing of it."""
    words = _("The import was cancelled. Nothing was written, the file is deleted.")
    return _done(
        request, source, lambda: services.drop_import(source=source, by=request.actor, at=timezone.now()), words
    )


@require_POST
def resume(request: Request, source: UUID) -> HttpResponseRedirect:
    """Go on where it stood."""
    words = _("The import goes on.")
    return _done(
        request, source, lambda: services.resume_import(source=source, by=request.actor, at=timezone.now()), words
    )


def _done(request: Request, source: UUID, act: Callable[[], Import], words: str) -> HttpResponseRedirect:
    try:
        act()
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        if words:
            messages.success(request, words)
    return redirect("imports:one", source)


@require_safe
def example(request: Request, kind: str) -> FileResponse:
    """An empty sheet with the headings and one line to replace."""
    found = registry.importers().get(kind)
    if found is None or not may_import(request.actor, kind):
        raise Http404
    columns = [column for column in found.columns if column.required or column.example]
    file = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115  # the response closes it
    writing.xlsx(
        cast("IO[bytes]", file), [column.names[0] if column.names else column.label for column in columns],
        [[column.example for column in columns]], title=str(found.label),
    )  # fmt: skip
    file.seek(0)
    return FileResponse(cast("IO[bytes]", file), as_attachment=True, filename=f"contoh-{kind}.xlsx")

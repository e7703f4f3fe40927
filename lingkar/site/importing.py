"""``lingkar import``: a sheet is checked, told about, and written when that is asked for."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click
from django.utils import translation
from django.utils.translation import gettext as _

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.imports import services
from lingkar.foundation.imports.models import ImportState
from lingkar.foundation.imports.registry import importers
from lingkar.foundation.imports.telling import reason_of, result_rows, sentence, told_rows
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import writing
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.programmes import queries as programmes

if TYPE_CHECKING:
    from lingkar.foundation.imports.models import Import

ROSTER = "roster"
GOOD, SOME_REFUSED, UNREADABLE = 0, 1, 2
SHOWN = 20


def run(
    *,
    kind: str,
    file: Path,
    code: str | None,
    cohort: str | None = None,
    commits: bool,
    skip_changes: bool,
    as_json: bool,
    result: Path | None,
    at: datetime,
) -> int:
    """Do what the command line asks for; the exit code."""
    agency = agency_coded(code)
    if kind not in importers():
        raise click.UsageError(f"KIND is one of: {', '.join(importers())}.")

    def tell(row: "Import") -> None:
        if result is not None:
            writing.xlsx(result, *result_rows(row), title="Hasil")
        _print_json(row) if as_json else _print_words(row, commits=commits)

    with agency_scope(agency.pk), translation.override("id"):
        about = _cohort(cohort, agency) if kind == ROSTER else None
        wish = services.Direct(kind, file, commits=commits, takes_changes=not skip_changes, tell=tell, about=about)
        try:
            file.open("rb").close()
            row = services.run_file(wish=wish, by=Actor.system(agency.pk), at=at)
        except Refused as refused:
            return _unreadable(sentence(refused, importers()[kind]), refused.code, as_json=as_json)
        except OSError as fault:
            return _unreachable(file, fault, as_json=as_json)
    return SOME_REFUSED if row.refused else GOOD


def _cohort(code: str | None, agency: Agency) -> UUID:
    """What a roster goes into."""
    by = Actor.system(agency.pk)
    try:
        return programmes.cohort_for(by, code or "").cohort.pk
    except Unseen:
        known = ", ".join(row.code for row in programmes.managed(by)[:20])
        raise click.UsageError(f"Name the cohort with --cohort. There are: {known or 'none yet'}.") from None


def agency_coded(code: str | None) -> Agency:
    """The agency with this code; without one the only agency there is."""
    agencies = list(Agency.objects.filter(code=code) if code else Agency.objects.all()[:2])
    if len(agencies) != 1:
        known = ", ".join(Agency.objects.order_by("code").values_list("code", flat=True)[:20])
        raise click.UsageError(f"Name the agency with --agency. There are: {known or 'none yet'}.")
    return agencies[0]


def _unreadable(reason: str, code: str, *, as_json: bool) -> int:
    if as_json:
        click.echo(json.dumps({"state": "unreadable", "code": code, "reason": reason}))
    else:
        click.echo(reason, err=True)
    return UNREADABLE


def _unreachable(file: Path, fault: OSError, *, as_json: bool) -> int:
    """The file is not there, is a folder, or may not be read: said for a terminal, where no file is "sent"."""
    if isinstance(fault, FileNotFoundError):
        words = _("There is no file %(name)s. Look at its name and folder.")
    elif isinstance(fault, IsADirectoryError):
        words = _("%(name)s is a folder. Name a file in it.")
    else:
        words = _("%(name)s cannot be read: %(fault)s. Look at who may read it.")
    told = words % {"name": file, "fault": fault.strerror or type(fault).__name__}
    machine = json.dumps({"state": "unreadable", "code": "imports.no_file", "reason": told}, ensure_ascii=False)
    click.echo(machine if as_json else told, err=not as_json)
    return UNREADABLE


def _print_json(row: "Import") -> None:
    """Printed as it is read: a million rows are never held."""
    head = {
        "kind": row.kind,
        "state": "written" if row.state == ImportState.DONE else "preview",
        "sha256": row.sha256,
        "counts": {name: getattr(row, name) for name in ("total", "new", "changed", "same", "refused")},
        "sheets": row.told,
        "reason": reason_of(row),
    }
    out = sys.stdout
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')
    for number, told in enumerate(told_rows(row)):
        out.write(("" if number == 0 else ",") + "\n" + json.dumps(told, ensure_ascii=False, default=str))
    out.write("\n]}\n")


def _print_words(row: "Import", *, commits: bool) -> None:
    if row.reason:
        click.echo(reason_of(row))
    click.echo(f"{row.total} baris: {row.new} baru, {row.changed} berubah, {row.same} sama, {row.refused} ditolak.")
    for told in _refused(row):
        click.echo(f"  {told['sheet']} baris {told['line']}: {' '.join(r['reason'] for r in told['reasons'])}")
    if row.refused > SHOWN:
        click.echo(f"  … dan {row.refused - SHOWN} baris lain. Lihat semuanya dengan --result hasil.xlsx.")
    click.echo(
        f"{row.written} baris ditulis." if commits else "Ini pratinjau: tidak ada yang ditulis. Tambahkan --commit."
    )


def _refused(row: "Import") -> Iterator[dict[str, Any]]:
    for number, told in enumerate(told_rows(row, outcome="refused")):
        if number >= SHOWN:
            return
        yield told

"""``lingkar circle``: the chain of one service with its numbers, as the pages tell it."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.foundation.ui.words import when
from lingkar.loop.scoreboard import queries, services
from lingkar.loop.scoreboard.queries import Chain
from lingkar.site.importing import agency_coded


def run(*, service: str, code: str | None, as_json: bool, anew: bool, at: datetime) -> None:
    """Print the circle of a service as it was computed last; with ``anew`` compute every circle of the agency first."""
    agency = agency_coded(code)
    by = Actor.system(agency.pk)
    with agency_scope(agency.pk), translation.override("id"), timezone.override(agency.timezone):
        if anew or queries.newest(agency.pk) is None:
            services.compute(by=by, at=at)
        try:
            chain = queries.chain_of(by, service, day=timezone.localdate(at))
        except Unseen:
            raise click.UsageError(f"{agency.name} offers no service {service}. See /layanan/ for the codes.") from None
        click.echo(json.dumps(told(chain), ensure_ascii=False, indent=1) if as_json else in_words(chain))


def told(chain: Chain) -> dict[str, Any]:
    """The chain for a program: each statement with n, period, source and the address of its rows."""
    return {
        "service": chain.code,
        "name": chain.name,
        "unit": chain.unit,
        "computed_at": chain.at.isoformat(),
        "stations": {str(station): station in chain.reached for station in queries.Station},
        "statements": [asdict(statement) for statement in chain.statements],
    }


def in_words(chain: Chain) -> str:
    """The chain for a person, one statement a paragraph."""
    passed = _("%(n)s of %(all)s stations passed") % {"n": len(chain.reached), "all": len(queries.Station)}
    lines = [f"{chain.name} ({chain.code}) · {chain.unit}", f"{passed} · {when(chain.at)}", ""]
    for said in chain.statements:
        lines += [f"{said.label}: {said.value or said.why_not}"]
        lines += [f"  {line}" for line in (said.note, _counted(said), said.address) if line]
        lines += [f"  – {row.label}: {row.value}{f' ({row.note})' if row.note else ''}" for row in said.rows[:8]]
    return "\n".join(lines)


def _counted(said: queries.Statement) -> str:
    n = "" if said.n is None else f"n = {said.n}"
    return " · ".join(part for part in (n, said.period, said.source) if part)

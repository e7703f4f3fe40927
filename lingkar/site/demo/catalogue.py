"""The public services of the demo: their standards, pledges and transactions, as ``words/*.toml`` tells them."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from lingkar.directory.orgs.queries import positions_in
from lingkar.directory.services import services
from lingkar.directory.services.services import ServiceRow, Standard
from lingkar.foundation.access import Actor
from lingkar.site.demo.telling import WORDS
from lingkar.site.demo.truths import DAYS, SERVICE_GROWTH

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Position

SEED = "teluk-kawung services"
PLAIN = ("code", "unit", "month", "busy", "hours", "serving")
"""What stands in the file beside the words of a standard."""
BACK_OFFICE = ("Bendahara", "Arsiparis", "Perencana", "Analis Sumber Daya", "Analis Kebijakan")
"""Positions of every unit that serve no citizen."""
IN_FORCE = timedelta(days=DAYS + 60)
PLEDGE = (
    "Kami melayani sesuai standar yang dipasang di ruang ini.",
    "Kami memberi tahu lebih dulu bila janji waktu tidak dapat dipenuhi.",
    "Bila kami tidak menepati janji, kami siap menerima sanksi sesuai peraturan.",
)


def load_services(*, words: str, units: Mapping[str, UUID], scale: float, by: Actor, at: datetime) -> None:
    """The services that ``words`` tells of, who serves, two years of transactions, and the pledges of some offices."""
    with (WORDS / f"{words}.toml").open("rb") as file:
        told = tomllib.load(file)
    today = timezone.localdate(at)
    rows = [_row(row, told["common"], units, today, scale) for row in told["service"]]
    added = services.add_services(rows=rows, by=by, at=at)
    posts = list(positions_in(by.agency, day=today))
    staff = {added[row["code"]].pk: _staff(row, posts, units) for row in told["service"]}
    services.staff_many(rows=staff, valid_from=today - IN_FORCE, by=by, at=at)
    for pledge in told["pledge"]:
        services.sign_pledge(
            unit=units[pledge["unit"]],
            statements=PLEDGE,
            signer=pledge["signer"],
            signer_title=pledge["title"],
            signed_on=today - timedelta(days=400),
            by=by,
            at=at,
        )


def _staff(row: Mapping[str, Any], posts: "Sequence[Position]", units: Mapping[str, UUID]) -> list[UUID]:
    """The positions that serve: those the file names (in every unit of a kind), else those of the unit itself."""
    named = row.get("serving")
    if named:
        return [post.pk for post in posts if post.unit.kind == named["kind"] and post.title in named["titles"]]
    own = [post for post in posts if post.unit_id == units[row["unit"]]]
    return [post.pk for post in own if not post.leads and not post.title.startswith(BACK_OFFICE)] or [
        post.pk for post in own
    ]


def _row(
    row: dict[str, Any], common: dict[str, Any], units: Mapping[str, UUID], today: date, scale: float
) -> ServiceRow:
    said = {**common, **row}
    hours = {day: tuple(tuple(span.split("-")) for span in spans) for day, spans in said["hours"].items()}
    words: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in said.items() if name not in PLAIN
    }
    return ServiceRow(
        code=row["code"],
        unit=units[row["unit"]],
        standard=Standard(hours=hours, **words),
        valid_from=today - IN_FORCE,
        reviewed_on=today - timedelta(days=Random(f"{SEED} {row['code']}").randrange(30, 420)),  # noqa: S311
        transactions=transactions(row, today=today, scale=scale),
    )


def transactions(row: Mapping[str, Any], *, today: date, scale: float) -> dict[date, int]:
    """How often a service was used in each of the 24 months before this one."""
    chance, month, found = Random(f"{SEED} months {row['code']}"), today.replace(day=1), {}  # noqa: S311
    busy = {int(number): times for number, times in row.get("busy", {}).items()}
    for back in range(1, 25):
        month = (month - timedelta(days=1)).replace(day=1)
        grown = 1 + SERVICE_GROWTH * (1 - back / 24)
        count = row["month"] * grown * busy.get(month.month, 1.0) * chance.gauss(1, 0.03) * max(scale, 1)
        found[month] = max(1, round(count))
    return found

"""What citizens of the demo city said, and what became of it, told through the real services with times in the past."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from lingkar.directory.orgs.queries import unit_coded
from lingkar.directory.people.queries import actor_for, holders_of
from lingkar.directory.places.queries import districts
from lingkar.foundation.access import Actor
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.access import Action
from lingkar.site.demo.pictures import photo

HERE = Path(__file__).parent
OFFICE_HOURS = (time(8, 20), time(9, 5), time(10, 40), time(11, 25), time(13, 35), time(14, 50), time(15, 40))
"""When officers do things in the demo; citizens write when they like."""
WEEKEND = 5
Row = dict[str, Any]


@cache
def _told(name: str) -> list[Row]:
    with (HERE / f"{name}.toml").open("rb") as file:
        rows: list[Row] = next(iter(tomllib.load(file).values()))
    return rows


@dataclass(frozen=True, order=True)
class Step:
    """One thing that happens at a moment: a report comes in, or somebody does something to it."""

    at: datetime
    order: int
    report: str
    what: Row


def sending_times(*, agency: Any, at: datetime) -> list[datetime]:
    """When the told reports come in, in order."""
    teller = Teller(agency.pk, ZoneInfo(agency.timezone), at)
    return sorted(step.at for step in teller.steps() if step.what["act"] == "send")


def load_reports(*, agency: Any, numbers: Callable[[datetime], int], at: datetime) -> int:
    """Let everything happen in the order of its time; returns how many reports came in.

    ``numbers`` says which number a report gets that comes in at a moment.
    """
    teller = Teller(agency.pk, ZoneInfo(agency.timezone), at, numbers)
    steps = sorted(teller.steps(), key=lambda step: (step.at, step.order))
    day = min(step.at for step in steps)
    for step in steps:
        while day.date() < step.at.date():
            services.lapse_reports(by=Actor.system(agency.pk), at=day)
            day += timedelta(days=1)
        teller.tell(step)
    services.lapse_reports(by=Actor.system(agency.pk), at=at)
    return len(_told("reports"))


def token_of(key: str) -> str:
    """The token of a demo report: its tracking code follows from it, so that the demo can print one."""
    return f"demo-{key}".ljust(22, "-")[:22]


class Teller:
    """Tells the story of the demo city until the moment ``now``."""

    def __init__(
        self, agency: Any, zone: ZoneInfo, now: datetime, numbers: Callable[[datetime], int] | None = None
    ) -> None:
        self.agency, self.zone, self.now, self.numbers = agency, zone, now, numbers
        self.visitor = Actor.visitor(agency)
        self.villages = {village.name: village.id for district in districts() for village in district.villages}
        self.categories = {category.code: category.id for category in queries.categories()}
        self.receipts: dict[str, Any] = {}

    def steps(self) -> Iterator[Step]:
        for row in _told("reports"):
            sent = self._moment(row["days"], time.fromisoformat(row["time"]))
            yield Step(sent, 0, row["key"], row | {"act": "send"})
            before = sent
            for order, what in enumerate(row["then"], start=1):
                hour = OFFICE_HOURS[(len(row["key"]) + order) % len(OFFICE_HOURS)]
                moment = self._moment(row["days"] - what["day"], hour)
                if what["act"] not in {"rate", "reopen"}:
                    moment = self._workday(moment)
                before = max(moment, before + timedelta(minutes=20))
                yield Step(before, order, row["key"], what)

    def _moment(self, days_ago: int, hour: time) -> datetime:
        day = self.now.astimezone(self.zone).date() - timedelta(days=days_ago)
        return min(datetime.combine(day, hour, self.zone), self.now - timedelta(minutes=90))

    def _workday(self, moment: datetime) -> datetime:
        late = moment.weekday() - WEEKEND
        return moment if late < 0 else moment - timedelta(days=late + 1)

    def tell(self, step: Step) -> None:
        act: Callable[[str, Row, datetime], None] = getattr(self, f"_{step.what['act']}")
        act(step.report, step.what, step.at)

    def _send(self, key: str, row: Row, at: datetime) -> None:
        token, by = token_of(key), self.visitor
        photos = [photo(scene, seed=key) for scene in row.get("photo", [])]
        services.save_words(token=token, text=row["text"], photos=photos, by=by, at=at)
        if self.numbers:
            services.continue_numbers(agency=self.agency, last=self.numbers(at) - 1)
        place, spot = self.villages[row["place"]], row.get("location", "")
        services.save_where(token=token, place=place, location=spot, latitude=None, longitude=None)
        self.receipts[key] = services.send_report(
            token=token,
            category=self.categories.get(row.get("category", "")),
            reported_unit=_unit(row["about"]) if "about" in row else None,
            anonymous=row.get("anonymous", False),
            secret=row.get("secret", False),
            name=row.get("name", ""),
            email=row.get("email", ""),
            by=by,
            at=at,
        )

    def _rate(self, key: str, row: Row, at: datetime) -> None:
        code = self.receipts[key].code
        services.rate_report(key=code, rating=row["rating"], note=row.get("text", ""), by=self.visitor, at=at)

    def _reopen(self, key: str, row: Row, at: datetime) -> None:
        services.reopen_report(key=self.receipts[key].code, reason=row["text"], by=self.visitor, at=at)

    def _accept(self, key: str, row: Row, at: datetime) -> None:
        services.accept_report(**self._case(key, row, at))

    def _reply(self, key: str, row: Row, at: datetime) -> None:
        services.reply_to_reporter(**self._case(key, row, at), text=row["text"])

    def _note(self, key: str, row: Row, at: datetime) -> None:
        case = self._case(key, row, at)
        services.add_note(report=case["report"], note=uuid4(), text=row["text"], by=case["by"], at=at)

    def _close(self, key: str, row: Row, at: datetime) -> None:
        proofs = [photo(scene, seed=f"{key} {at:%d}") for scene in row["proof"]]
        services.close_report(**self._case(key, row, at), text=row["text"], proofs=proofs)

    def _refer(self, key: str, row: Row, at: datetime) -> None:
        services.refer_report(**self._case(key, row, at), to_unit=_unit(row["to"]), note=row["text"])

    def _unseal(self, key: str, row: Row, at: datetime) -> None:
        services.unseal_report(**self._case(key, row, at), to_unit=_unit(row["to"]), note=row["text"])

    def _categorise(self, key: str, row: Row, at: datetime) -> None:
        services.recategorise_report(**self._case(key, row, at), category=self.categories[row["category"]])

    def _handover(self, key: str, row: Row, at: datetime) -> None:
        services.hand_over_report(**self._case(key, row, at), to_agency=row["to"], text=row["text"])

    def _publish(self, key: str, row: Row, at: datetime) -> None:
        services.publish_report(**self._case(key, row, at))

    def _case(self, key: str, row: Row, at: datetime) -> dict[str, Any]:
        """The case as the one who acts has just read it."""
        report, day = self.receipts[key].report, at.astimezone(self.zone).date()
        by = self._whose(report, row.get("as", ""), day)
        seen = services.view_case(report=report, by=by, at=at).revision
        return {"report": report, "seen": seen, "by": by, "at": at}

    def _whose(self, report: UUID, role: str, day: date) -> Actor:
        path, is_sealed = queries.whose_turn(report)
        action = Action.SEALED if is_sealed else Action.REFER if role == "coordinator" else Action.HANDLE
        for account in holders_of(action, path, day=day):
            actor = actor_for(account, day=day)
            if not role or any(grant.role == role for grant in actor.grants):
                return actor
        raise LookupError(f"nobody may act for {path}")


def _unit(code: str) -> UUID:
    unit = unit_coded(code)
    if unit is None:
        raise LookupError(f"the demo city has no unit {code!r}")
    return unit.pk

"""The dates that are promised to a reporter, and why they are those dates."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lingkar.foundation.calendar.queries import calendar_for, days_off
from lingkar.foundation.parameters.queries import values
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.parameters import ANSWER_DAYS, FIRST_ANSWER_DAYS

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


@dataclass(frozen=True)
class Promise:
    """The first answer by ``first_due``, the whole answer by ``due``, and the working days both were counted from.

    ``week`` are the days of the unit's week ("12345": Monday to Friday), ``version`` names the calendar.
    """

    first_due: date
    first_days: int
    due: date
    days: int
    week: str
    version: str

    @property
    def rule(self) -> str:
        """What is stored beside the dates: "5wd:12345 14wd:12345 9f86d081884c"."""
        return f"{self.first_days}wd:{self.week} {self.days}wd:{self.week} {self.version}"

    @property
    def is_single(self) -> bool:
        """Whether the first answer is the whole answer."""
        return self.first_due == self.due


def promise_for(request_class: str, unit: "Unit", *, since: date) -> Promise:
    """What ``unit`` promises for a report of a class that came in on ``since``, in its own working days."""
    keys = (FIRST_ANSWER_DAYS.key, ANSWER_DAYS[request_class].key)
    first, full = values(keys, agency=unit.agency_id, on=since).values()
    full = max(first, full)
    calendar = calendar_for(unit.agency_id, unit.work_week_id)
    return Promise(
        calendar.after(since, first), first, calendar.after(since, full), full, calendar.days, calendar.version
    )


def promise_of(report: Report) -> Promise:
    """What was promised for a report, read back from its own row."""
    first, full, version = report.deadline_rule.split()
    days, _, week = full.partition("wd:")
    return Promise(report.first_due, int(first.partition("wd:")[0]), report.due, int(days), week, version)


def days_off_within(promise: Promise, *, since: date) -> tuple[str, ...]:
    """Names of the holidays that fall on the unit's working days until the whole answer is due, each once."""
    rows = days_off(since, promise.due)
    return tuple(dict.fromkeys(row.name for row in rows if str(row.date.isoweekday()) in promise.week))

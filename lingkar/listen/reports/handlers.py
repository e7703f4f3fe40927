"""When something happened to a report, whoever waits for it is told."""

from lingkar.foundation.events.bus import on
from lingkar.listen.reports import notices, services
from lingkar.listen.reports.events import (
    ReportChanged,
    ReportClosed,
    ReportEvent,
    ReportHandedOver,
    ReportLapsed,
    ReportReceived,
    ReportReferred,
    ReportReopened,
    ReportReplied,
)


@on(ReportReceived)
def write_that_it_was_received(fact: ReportReceived) -> None:
    """The reporter gets a link that opens the report."""
    _write(fact, "received")


@on(ReportReplied)
def write_that_it_was_replied_to(fact: ReportReplied) -> None:
    """The reporter hears that there is something to read."""
    _write(fact, "replied")


@on(ReportClosed)
def write_that_it_was_answered(fact: ReportClosed) -> None:
    """The reporter hears that it is their turn."""
    _write(fact, "answered")


@on(ReportHandedOver)
def write_that_it_was_handed_over(fact: ReportHandedOver) -> None:
    """The reporter hears that another agency must answer."""
    _write(fact, "handed_over")


@on(ReportChanged)
def write_that_it_changed(fact: ReportChanged) -> None:
    """The reporter hears that a date or a unit is another one now."""
    _write(fact, "changed")


@on(ReportLapsed)
def write_that_it_was_closed(fact: ReportLapsed) -> None:
    """The reporter hears that it was closed without a word from them."""
    _write(fact, "lapsed")


@on(ReportReceived)
def tell_the_unit_that_it_came_in(fact: ReportReceived) -> None:
    """Those who answer find it in their inbox."""
    services.tell_unit(report=fact.report, kind=notices.RECEIVED, at=fact.at)


@on(ReportReferred)
def tell_the_unit_that_it_is_theirs(fact: ReportReferred) -> None:
    """Those who must answer now find it in their inbox."""
    services.tell_unit(report=fact.report, kind=notices.REFERRED, at=fact.at)


@on(ReportReopened)
def tell_the_unit_that_it_is_not_solved(fact: ReportReopened) -> None:
    """Those who answered find it in their inbox again."""
    services.tell_unit(report=fact.report, kind=notices.REOPENED, at=fact.at)


def _write(fact: ReportEvent, news: str) -> None:
    services.write_to_reporter(report=fact.report, news=news, happened_at=fact.at)

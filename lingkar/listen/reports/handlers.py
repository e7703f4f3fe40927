"""When something happened to a report, whoever waits for it is told."""

from lingkar.foundation.events.bus import on
from lingkar.listen.reports import services
from lingkar.listen.reports.events import (
    ReportClosed,
    ReportEvent,
    ReportHandedOver,
    ReportLapsed,
    ReportReceived,
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


@on(ReportLapsed)
def write_that_it_was_closed(fact: ReportLapsed) -> None:
    """The reporter hears that it was closed without a word from them."""
    _write(fact, "lapsed")


def _write(fact: ReportEvent, news: str) -> None:
    services.write_to_reporter(report=fact.report, news=news, happened_at=fact.at)

"""When something happened to a report, whoever waits for it is told."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from lingkar.directory.orgs.services import Ending, Occupied, asked_before_end
from lingkar.foundation.events.bus import on
from lingkar.listen.reports import notices, queries, services
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


@asked_before_end
def open_cases(ending: Ending) -> Iterator[Occupied]:
    """Cases that wait for a unit that ends now. Of one that ends later, they are found in its heir then."""
    count = queries.open_cases_of(ending.units) if ending.on <= timezone.localdate(ending.at) else 0
    if count:
        words = ngettext(
            "%(count)s report still waits for an answer here. Answer it or refer it first.",
            "%(count)s reports still wait for an answer here. Answer them or refer them first.",
            count,
        )
        yield Occupied(words % {"count": count}, reverse("reports:queue"))


@asked_before_end
def categories_it_answers_for(ending: Ending) -> Iterator[Occupied]:
    """New reports would go to a unit that is no longer there."""
    count = queries.categories_answered_by(ending.units)
    if count:
        words = ngettext(
            "%(count)s category of reports is answered here. Choose another unit for it first.",
            "%(count)s categories of reports are answered here. Choose another unit for them first.",
            count,
        )
        yield Occupied(words % {"count": count}, reverse("reports:categories"))


def _write(fact: ReportEvent, news: str) -> None:
    services.write_to_reporter(report=fact.report, news=news, happened_at=fact.at)

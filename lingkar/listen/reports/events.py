"""What happened to a report. Ids and times only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@dataclass(frozen=True)
class ReportEvent:
    """Fields of every event of a report."""

    agency: UUID
    report: UUID
    at: datetime


@event("reports.received")
@dataclass(frozen=True)
class ReportReceived(ReportEvent):
    """A citizen's report was taken in and given to a unit."""


@event("reports.referred")
@dataclass(frozen=True)
class ReportReferred(ReportEvent):
    """Another unit must answer now."""


@event("reports.replied")
@dataclass(frozen=True)
class ReportReplied(ReportEvent):
    """The unit wrote something that the reporter may read."""


@event("reports.closed")
@dataclass(frozen=True)
class ReportClosed(ReportEvent):
    """Answered with proof; the reporter has the word."""


@event("reports.handed_over")
@dataclass(frozen=True)
class ReportHandedOver(ReportEvent):
    """Another agency must answer."""


@event("reports.changed")
@dataclass(frozen=True)
class ReportChanged(ReportEvent):
    """The reporter was promised another date, or another unit reads the report now."""


@event("reports.hidden")
@dataclass(frozen=True)
class ReportHidden(ReportEvent):
    """It stood on the public list and does not any more: whoever keeps its words for others lets go of them."""


@event("reports.rated")
@dataclass(frozen=True)
class ReportRated(ReportEvent):
    """The reporter said what the answer was worth (1–5)."""

    rating: int


@event("reports.reopened")
@dataclass(frozen=True)
class ReportReopened(ReportEvent):
    """The reporter was not helped."""


@event("reports.lapsed")
@dataclass(frozen=True)
class ReportLapsed(ReportEvent):
    """The reporter kept silent until the end of the time to respond."""

"""What happened to a calendar."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("calendar.changed")
@dataclass(frozen=True)
class CalendarChanged:
    """Working days of an agency changed. Promises already made keep their date and the version they were made with."""

    agency: UUID
    at: datetime

"""What users of services said, counted. Results are for everybody; counters for those who collect at them."""

from lingkar.listen.surveys.queries.collecting import (
    CounterLine,
    Quota,
    counter_at,
    counters,
    counters_of,
    instrument_on,
    may_open,
    quotas,
    visit_of,
    was_used,
)
from lingkar.listen.surveys.queries.results import (
    Ikm,
    Measure,
    MonthCell,
    UnsurMean,
    by_period,
    by_service,
    by_unit,
    cells,
    ikm,
    monthly,
)

__all__ = (
    "CounterLine",
    "Ikm",
    "Measure",
    "MonthCell",
    "Quota",
    "UnsurMean",
    "by_period",
    "by_service",
    "by_unit",
    "cells",
    "counter_at",
    "counters",
    "counters_of",
    "ikm",
    "instrument_on",
    "may_open",
    "monthly",
    "quotas",
    "visit_of",
    "was_used",
)

"""Bands, weights and limits of the survey: dated, sourced, changed by the agency on a page."""

from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import Spec, spec

LAW = "PermenPANRB 14/2017"
SINCE = date(2017, 1, 1)
INDEX = _("index (25–100)")


def _bound(band: str, value: str, label: Promise) -> Spec[Decimal]:
    return spec(f"surveys.band_{band}", Decimal(value), Decimal, INDEX, label, LAW, SINCE, least="25", most="100")


BAND_C = _bound("c", "65.00", _("From which index a service is C"))
BAND_B = _bound("b", "76.61", _("From which index a service is B"))
BAND_A = _bound("a", "88.31", _("From which index a service is A"))
WEIGHTING = spec(
    "surveys.weighting",
    "1/9",
    str,
    _("weight"),
    _("Weight of each of the nine elements"),
    LAW,
    SINCE,
    _("Official papers print 0.111, with which a perfect score is 99.90. Choose it to print the same numbers."),
    choices=("1/9", "0.111"),
)
SMALLEST = spec(
    "surveys.smallest_cell",
    5,
    int,
    _("answers"),
    _("Fewest answers of which an index is shown"),
    "Pilihan Lingkar",
    SINCE,
    least=5,
    most=50,
)
MARGIN = spec(
    "surveys.margin",
    Decimal("0.05"),
    Decimal,
    _("share (0–1)"),
    _("Margin of error of the planned number of answers"),
    "Krejcie dan Morgan (1970), dipakai PermenPANRB 14/2017",
    SINCE,
    least="0.01",
    most="0.2",
)

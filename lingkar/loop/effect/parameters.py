"""What a study waits for and counts as a change: dated, sourced, changed by the agency on a page."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

SINCE = date(2015, 1, 1)
SETTLE_DAYS = spec(
    "effect.settle_days",
    30,
    int,
    _("days"),
    _("How long a month is over before its cases are compared"),
    "Pilihan Lingkar",
    SINCE,
    _("A case gets its cause when it is closed. Slow units would look better in months that are too young."),
    least=0,
    most=180,
)
LOOK_BACK = spec(
    "effect.look_back_months",
    36,
    int,
    _("months"),
    _("How far back the months of a study go"),
    "Pilihan Lingkar",
    SINCE,
    least=6,
    most=120,
)
MARGIN_CASES = spec(
    "effect.margin_cases",
    Decimal("0.20"),
    Decimal,
    _("share (0–1)"),
    _("Change of the case rate that matters, as a study proposes it"),
    "Pilihan Lingkar",
    SINCE,
    least="0.01",
    most="0.9",
)
MARGIN_SCORE = spec(
    "effect.margin_score",
    Decimal("0.10"),
    Decimal,
    _("points (1–4)"),
    _("Change of a survey score that matters, as a study proposes it"),
    "Pilihan Lingkar",
    SINCE,
    least="0.01",
    most="0.9",
)
SMALLEST = spec(
    "effect.smallest_cell",
    5,
    int,
    _("cases"),
    _("Fewest cases of one unit or quarter that a study shows by themselves"),
    "Pilihan Lingkar",
    SINCE,
    least=5,
    most=50,
)

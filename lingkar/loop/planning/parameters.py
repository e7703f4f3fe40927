"""What a plan keeps: dated, sourced, changed by the agency on a page."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

SHARE_AWAY = spec(
    "planning.share_away",
    Decimal("0.10"),
    Decimal,
    _("share (0–1)"),
    _("Most of a unit that may be at trainings on one day; one person always may"),
    "Pilihan Lingkar",
    date(2015, 1, 1),
    least="0.01",
    most="1",
)

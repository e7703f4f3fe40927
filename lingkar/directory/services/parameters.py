"""How often a standard is reviewed: dated, sourced, changed by the agency on a page."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

SINCE = date(2015, 1, 1)
REVIEW_MONTHS = spec(
    "services.review_months",
    36,
    int,
    _("months"),
    _("Time between two reviews of a service standard"),
    "PP 96/2012 Pasal 33",
    SINCE,
    _("The review cycle is quoted from memory of the regulation; confirm it against its text."),
    least=1,
    most=120,
)
REVIEW_NOTICE_DAYS = spec(
    "services.review_notice_days",
    60,
    int,
    _("days"),
    _("How early a review is announced"),
    "Pilihan Lingkar",
    SINCE,
    least=0,
    most=365,
)

"""Promises and limits of reports: dated, sourced, changed by the agency on a page."""

from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import Spec, spec

SP4N = "Praktik operasional SP4N-LAPOR! (PermenPANRB 62/2018, diganti PermenPANRB 5/2025)"
OURS = "Pilihan Lingkar"
DOUBT = _("The detailed time limits of PermenPANRB 5/2025 were not read; these follow earlier practice.")
SINCE = date(2018, 1, 1)
WORKING_DAYS = _("working days")


def _promise(key: str, days: int, label: Promise) -> Spec[int]:
    return spec(key, days, int, WORKING_DAYS, label, SP4N, SINCE, DOUBT, least=1, most=365)


FIRST_ANSWER_DAYS = _promise("reports.first_answer_days", 5, _("First answer to a report"))
ANSWER_DAYS = {
    "complaint": _promise("reports.answer_days.complaint", 14, _("Answer to a complaint")),
    "supervised": _promise("reports.answer_days.supervised", 60, _("Answer to a complaint for the Inspectorate")),
    "aspiration": _promise("reports.answer_days.aspiration", 5, _("Answer to an aspiration")),
    "information": _promise("reports.answer_days.information", 5, _("Answer to a request for information")),
}
REOPEN_DAYS = _promise("reports.reopen_days", 10, _("Time for the reporter to rate or reopen"))
SEAL_THRESHOLD = spec(
    "reports.seal_threshold",
    Decimal("0.3"),
    Decimal,
    _("share of words (0–1)"),
    _("Share of sensitive words that seals a report"),
    OURS,
    SINCE,
    least="0.05",
    most="1",
)
LONGEST_TEXT = spec(
    "reports.longest_text", 5000, int, _("characters"), _("Longest report"), OURS, SINCE, least=200, most=20_000
)
MOST_PHOTOS = spec(
    "reports.most_photos", 3, int, _("photos"), _("Most photos in a report"), OURS, SINCE, least=0, most=10
)
DRAFT_HOURS = spec(
    "reports.draft_hours", 24, int, _("hours"), _("How long an unsent report is kept"), OURS, SINCE, least=1, most=168
)

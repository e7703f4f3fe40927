"""What somebody did to reports, as their histories keep it: told to them; kept, because it names a number alone.

A report itself knows no account: whoever sends one is found by its code, not by who was signed in.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.listen.reports.models import Entry

MOST = 10_000


def export(holder: Holder) -> Iterator[Row]:
    """Own acts, the newest first, ten thousand at most. Of a sealed report neither the number nor the words."""
    rows = Entry.objects.filter(by=holder.account).select_related("report") if holder.account else Entry.objects.none()
    for row in rows.order_by("-at", "pk")[:MOST]:
        closed = row.report.is_sealed
        yield {
            _("report"): str(_("sealed")) if closed else str(row.report),
            _("act"): row.get_kind_display(),
            _("at"): row.at,
            _("text"): "" if closed else row.text,
        }


KEPT = _(
    "Answers and notes on reports stay with the number of an account that names nobody:"
    " they are the agency's record of what was promised and done (UU 43/2009)."
)
register_keeper("reports", _("What you did on reports"), export=export, kept=KEPT)

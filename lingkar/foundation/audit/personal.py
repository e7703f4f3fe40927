"""What somebody did, as the audit trail keeps it: told to them; never forgotten, because it names an id alone."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper

MOST = 10_000


def export(holder: Holder) -> Iterator[Row]:
    """Own acts, the newest first, ten thousand at most."""
    rows = AuditEntry.objects.filter(person=holder.account).order_by("-at")[:MOST] if holder.account else ()
    for row in rows:
        yield {_("act"): row.verb, _("at"): row.at}


KEPT = _("The audit trail keeps the number of the account, which names nobody once the account is erased.")
register_keeper("audit", _("What you did"), export=export, kept=KEPT)

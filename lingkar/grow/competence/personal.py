"""What this module holds about somebody: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.access import NOBODY
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.grow.competence.models import Assessment


def export(holder: Holder) -> Iterator[Row]:
    rows = Assessment.objects.filter(person=holder.person or NOBODY).select_related("competency")
    for row in rows.order_by("on", "competency__order", "kind"):
        yield {
            _("Competency"): row.competency.name,
            _("Found by"): row.get_kind_display(),
            pgettext_lazy("competency", "Level"): row.level,
            _("Found on"): row.on,
            _("Valid until"): row.valid_until,
        }


def erase(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    return Assessment.objects.filter(person=holder.person or NOBODY).delete()[0]


register_keeper("competence", _("Assessments of competence"), export=export, erase=erase)

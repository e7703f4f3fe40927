"""What this module holds about somebody: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.access import NOBODY
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.loop.planning.models import Assignment


def export(holder: Holder) -> Iterator[Row]:
    rows = Assignment.objects.filter(person=holder.person or NOBODY).select_related("run")
    for row in rows.order_by("run__first"):
        yield {
            _("Training"): row.run.title,
            _("First day"): row.run.first,
            _("Attained level"): row.attained,
            _("Level afterwards"): row.closes,
        }


def erase(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    return Assignment.objects.filter(person=holder.person or NOBODY).delete()[0]


register_keeper("planning", _("Places in planned trainings"), export=export, erase=erase)

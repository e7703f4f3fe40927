"""Tell those who must answer that a case waits for them."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from lingkar.directory.people.queries import actor_for, holders_of
from lingkar.foundation.access import Actor
from lingkar.foundation.notify.services import tell
from lingkar.listen.reports.access import Action, visible
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.notices import SEALED


def tell_unit(*, report: UUID, kind: str, at: datetime) -> int:
    """Tell everybody who may answer a case that it waits; returns how many were told.

    Of a sealed case only inspectors hear, and only those who may see it: no word of it, not even its category.
    """
    item = Report.objects.select_related("unit").get(pk=report)
    action, kind = (Action.SEALED, SEALED) if item.is_sealed else (Action.HANDLE, kind)
    day, told = timezone.localdate(at), 0
    for account in holders_of(action, item.unit.path, day=day):
        if visible(actor_for(account, day=day)).filter(pk=report).exists():
            url = reverse("reports:office_case", args=[report])
            by = Actor.system(item.agency_id)
            tell(recipient=account.pk, kind=kind, subject=item, url=url, by=by, at=at, number=item.number)
            told += 1
    return told

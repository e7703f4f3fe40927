"""What was told to somebody inside the application: told to them again, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.notify import services
from lingkar.foundation.notify.models import Notification
from lingkar.foundation.notify.queries import notice_of
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper


def export(holder: Holder) -> Iterator[Row]:
    """Every notification, oldest first."""
    for row in Notification.objects.filter(recipient=holder.account).order_by("created_at") if holder.account else ():
        yield {_("notification"): notice_of(row).text, _("told"): row.created_at, _("read"): row.read_at}


def erase(holder: Holder, at: datetime) -> int:
    """The notifications go; letters to the person lose their address and words."""
    if not holder.account:
        return 0
    letters = services.forget_address(about=f"people:{holder.account}", agency=holder.agency, at=at)
    return letters + Notification.objects.filter(recipient=holder.account).delete()[0]


register_keeper("notify", _("Notifications"), export=export, erase=erase)

"""Letters to a reporter who left an address. They say that something happened, never what was written."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from lingkar.foundation.notify.services import mail
from lingkar.foundation.privacy.cipher import decrypt
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.listen.reports.keys import link_for
from lingkar.listen.reports.models import ReporterContact
from lingkar.listen.reports.notices import NEWS


@transaction.atomic
def write_to_reporter(*, report: UUID, news: str, happened_at: datetime) -> None:
    """Queue a letter about ``news`` with a link to the report, once per event; nothing when no address was left.

    An address that is none is not a fault: nobody could have checked it before.
    """
    contact = ReporterContact.objects.select_related("report", "agency").filter(report=report).first()
    address = decrypt(contact.email) if contact else ""
    if contact is None or not address:
        return
    link = reverse("reports:case", kwargs={"key": link_for(report)})
    context = {"news": news, "number": contact.report.number, "link": f"{_base(contact.agency)}{link}"}
    with suppress(Refused):
        mail(
            address=address,
            template=NEWS,
            context=context,
            key=f"reports.{news}:{report}:{happened_at.isoformat()}",
            agency=contact.agency_id,
            at=happened_at,
            about=f"reports.report:{report}",
            language=settings.LANGUAGE_CODE,
        )


def _base(agency: Agency) -> str:
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{agency.host}" if agency.host else settings.PUBLIC_URL

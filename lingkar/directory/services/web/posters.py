"""The printed face of a service: what its poster and its table card say."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lingkar.directory.services import queries
from lingkar.directory.services.models import Version
from lingkar.directory.services.web import words
from lingkar.foundation.access.web import Request
from lingkar.foundation.documents.codes import qr_svg
from lingkar.foundation.documents.printing import pdf
from lingkar.foundation.ui import slots
from lingkar.foundation.ui.words import day

if TYPE_CHECKING:
    from lingkar.foundation.documents.printing import Plain

SLOT = "services.service"
"""Doors of this slot get a service's code. The first one is where its QR code leads."""

TEMPLATES = {"poster": "directory/services/documents/poster.typ", "kartu": "directory/services/documents/card.typ"}


def answer(request: Request, version: Version, kind: str) -> HttpResponse:
    """The PDF of a poster, to be looked at or printed."""
    made = pdf(TEMPLATES[kind], told(version, base=request.build_absolute_uri("/"), agency=request.agency.name))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{version.service.code}.pdf"'
    response["Cache-Control"] = "private, max-age=300"
    return response


def leads_to(version: Version) -> str:
    """The path under the QR code: the first door that a module above opened for services, else the service's page."""
    code = version.service.code
    door = next(iter(slots.doors(SLOT)), None)
    return door.url(code) if door else reverse("services:service", args=[code])


def told(version: Version, *, base: str, agency: str) -> "dict[str, Plain]":
    """What a poster says, in the reader's language."""
    address = base.rstrip("/") + leads_to(version)
    opening = words.hours_of(queries.standard_of(version).hours) if version.hours else []
    return {
        "title": version.name,
        "agency": agency,
        "unit": version.unit.name,
        "summary": version.summary,
        "facts": [
            {"term": term, "value": value, "note": note}
            for term, value, note in (
                (_("Cost"), words.cost_of(version), version.cost_note),
                (_("Time"), words.time_of(version), version.time_note),
            )
            if value or note
        ],
        "bring": {"title": _("What to bring"), "lines": list(version.requirements)},
        "steps": {"title": _("The steps"), "lines": list(version.steps)},
        "hours": {"title": _("Opening hours"), "lines": [{"days": d.name, "hours": d.hours} for d in opening]},
        "where": {
            "title": _("Where to go"),
            "lines": [{"way": str(way.channel.label), "text": way.text} for way in words.ways_of(version)],
        },
        "report": {
            "title": _("Something not as it says here?"),
            "text": _("Scan and tell us. No account needed; the unit must answer by a promised date."),
        },
        "short": address.partition("://")[2].rstrip("/"),
        "qr": qr_svg(address),
        "qr_alt": _("QR code that leads to %(address)s") % {"address": address},
        "version": _("Version %(number)s, in force from %(day)s. Reviewed on %(reviewed)s.")
        % {"number": version.number, "day": day(version.valid_from), "reviewed": day(version.reviewed_on)},
        "law": _("Service standard under Law 25/2009"),
    }

"""The printed face of certificates: words for the template, and the PDF."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lingkar.foundation.documents.codes import qr_svg
from lingkar.foundation.documents.printing import pdf
from lingkar.foundation.ui.words import day, number
from lingkar.grow.credentials.models import Certificate, CertificateKind

if TYPE_CHECKING:
    from lingkar.foundation.documents.printing import Plain

TEMPLATE = "grow/credentials/documents/certificate.typ"
FINGERPRINT = 16
QR_MASK = 3


def printed(rows: Sequence[Certificate], *, base: str, agency: str) -> bytes:
    """One PDF: a front and a back page for each certificate."""
    title = rows[0].number if len(rows) == 1 else _("Certificates %(first)s to %(last)s") % {
        "first": rows[0].number, "last": rows[-1].number,
    }  # fmt: skip
    return pdf(TEMPLATE, {"title": title, "papers": [told(row, base=base, agency=agency) for row in rows]})


def told(row: Certificate, *, base: str, agency: str) -> "dict[str, Plain]":
    """What a certificate says, in the reader's language."""
    address = base.rstrip("/") + reverse("credentials:verify", args=[row.code])
    return {
        "agency": agency,
        "heading": str(_("CERTIFICATE") if row.kind == CertificateKind.CERTIFICATE else _("LETTER OF ATTENDANCE")),
        "number": _("Number %(number)s") % {"number": row.number},
        "given": _("is given to"),
        "name": row.name,
        "nip": f"NIP {row.nip}" if row.nip else "",
        "for": _("who completed"),
        "title": row.title,
        "when": days_of(row),
        "jp": _("%(jp)s hours of learning (JP)") % {"jp": hours(row.jp)},
        "predicate": _("with the predicate %(predicate)s") % {"predicate": row.predicate} if row.predicate else "",
        "issued": day(row.issued_on),
        "signer": row.signer,
        "signer_title": row.signer_title,
        "subjects": {
            "title": _("Subjects"),
            "head": [_("No."), pgettext("certificate", "Subject"), "JP"],
            "rows": [[str(n), name, hours(Decimal(jp))] for n, (name, jp) in enumerate(row.subjects, start=1)],
            "total": [_("Total"), hours(row.jp)],
        },
        "qr": qr_svg(address, mask=QR_MASK),
        "qr_alt": _("QR code that leads to %(address)s") % {"address": address},
        "check": _("Scan to verify, or type the code at %(place)s") % {
            "place": base.partition("://")[2].rstrip("/") + reverse("credentials:check")
        },
        "code": row.code,
        "sealed": _("Guarded by the agency's own digital signature (Ed25519), not a certified one (BSrE)"),
        "seal": bytes(row.signature).hex()[:FINGERPRINT].upper(),
    }  # fmt: skip


def days_of(row: Certificate) -> str:
    """When it took place, in words."""
    if row.first_day == row.last_day:
        return day(row.first_day)
    return _("%(first)s to %(last)s") % {"first": day(row.first_day), "last": day(row.last_day)}


def hours(value: Decimal) -> str:
    """JP without needless zeros: 20, or 4,8."""
    return number(value.normalize() if value % 1 else int(value))

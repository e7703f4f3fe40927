"""What this module holds about somebody: told to them, and forgotten as far as the law lets."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.access import NOBODY
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.grow.credentials.models import Certificate, Discipline, JpEntry, Rating


def export_papers(holder: Holder) -> Iterator[Row]:
    for row in Certificate.objects.filter(person=holder.person or NOBODY).order_by("issued_on"):
        yield {
            _("Number"): row.number,
            _("Programme"): row.title,
            "JP": row.jp,
            _("Issued on"): row.issued_on,
            _("Revoked because"): row.reason,
        }


def erase_papers(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    return Certificate.objects.filter(person=holder.person or NOBODY).exclude(reason="").update(reason="")


def export_hours(holder: Holder) -> Iterator[Row]:
    for row in JpEntry.objects.filter(person=holder.person or NOBODY).order_by("on"):
        yield {_("Form"): row.get_form_display(), _("What was learned"): row.title, _("Day"): row.on, "JP": row.jp,
               _("Organiser"): row.organiser, _("Number of the certificate"): row.proof}  # fmt: skip


def export_facts(holder: Holder) -> Iterator[Row]:
    for row in Rating.objects.filter(person=holder.person or NOBODY).order_by("year"):
        yield {_("Year"): row.year, _("Predicate"): row.get_predicate_display()}
    for punished in Discipline.objects.filter(person=holder.person or NOBODY).order_by("on"):
        yield {_("Day"): punished.on, _("Punishment"): punished.get_severity_display()}


def erase_hours(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    return JpEntry.objects.filter(person=holder.person or NOBODY).delete()[0]


def erase_facts(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    person = holder.person or NOBODY
    return sum(model.objects.filter(person=person).delete()[0] for model in (Rating, Discipline))


ARCHIVE = _("Certificates stay as they were issued: they are archives, and others rely on them (UU 43/2009).")

register_keeper("credentials.1", _("Certificates"), export=export_papers, erase=erase_papers, kept=ARCHIVE)
register_keeper("credentials.2", _("Hours of learning (JP)"), export=export_hours, erase=erase_hours)
register_keeper("credentials.3", _("SKP predicates and punishments"), export=export_facts, erase=erase_facts)

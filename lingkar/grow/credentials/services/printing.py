"""Print many certificates in the background, a hundred at a time, with progress."""

from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.files.services import store
from lingkar.foundation.refusals import Refused
from lingkar.grow.credentials import access, paper
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.models import Bundle, BundlePart, Certificate

AT_ONCE = 100
PURPOSE = "credentials.bundle"


@transaction.atomic
def render(*, source: UUID, base: str, by: Actor, at: datetime) -> Bundle:
    """Print every valid certificate of a source (a cohort) in the background; ``base`` is the address of this house.

    Asked again while one is at work, that one is returned. Refused: ``credentials.nothing_to_print``.
    """
    access.demand(by, Action.ISSUE)
    total = Certificate.objects.filter(source_id=source, revoked_at=None).count()
    if not total:
        raise Refused("credentials.nothing_to_print")
    last = Bundle.objects.filter(source_id=source).order_by("-asked_at").first()
    if last and last.done < last.total:
        _print_later(last)
        return last
    row = Bundle.objects.create(
        agency_id=by.agency, source_id=source, base=base, total=total, asked_at=at, asked_by=by.person
    )
    record(by, "credentials.printing", row, at=at, total=total)
    _print_later(row)
    return row


def _print_later(row: Bundle) -> None:
    """Also for one that is at work: its job may have given up. Jobs of a bundle follow each other and go on."""
    job = app.configure_task("credentials.render", lock=f"bundle:{row.pk}")
    job.defer(agency=str(row.agency_id), bundle=str(row.pk))


@transaction.atomic
def print_next(*, bundle: UUID, by: Actor, at: datetime) -> bool:
    """Print the next hundred of a bundle; whether there are more. The job calls it until there are none: what is
    printed is kept, and a job that broke goes on where it stood.
    """
    row = Bundle.objects.select_for_update().get(pk=bundle)
    held = Q(revoked_at=None) | Q(revoked_at__gt=row.asked_at)  # the same rows, also when one is revoked meanwhile
    rows = Certificate.objects.filter(held, source_id=row.source_id).order_by("number")
    part = list(rows[row.done : row.done + AT_ONCE])
    if not part:
        row.total = row.done
        row.save(update_fields=["total"])
        return False
    if valid := [one for one in part if one.revoked_at is None]:
        made = paper.printed(valid, base=row.base, agency=row.agency.name)
        content = ContentFile(made, name=f"sertifikat-{row.done + 1}.pdf")
        file = store(content, kind="proof", purpose=PURPOSE, by=by, at=at)
        BundlePart.objects.create(
            agency_id=row.agency_id, bundle=row, first=row.done + 1, last=row.done + len(part), file=file
        )
    row.done += len(part)
    row.total = max(row.total, row.done)
    row.save(update_fields=["done", "total"])
    return row.done < row.total

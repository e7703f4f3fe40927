"""Records that other agencies of the installation released to this one, and those that this one released."""

from uuid import UUID

from django.db.models import QuerySet

from lingkar.directory.people import access
from lingkar.directory.people.models import Transfer, TransferState
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import every_agency


def other_agencies(by: Actor) -> QuerySet[Agency]:
    """The other agencies of this installation, by name."""
    return Agency.objects.exclude(pk=by.agency).order_by("name")


def transfers_to(by: Actor) -> list[Transfer]:
    """What was released to the agency of ``by`` and waits, for who keeps all of its records; a hundred at most."""
    if not access.keeps_records(by, ""):
        return []
    with every_agency():  # what was released to this agency is the one thing that it may see of another
        rows = Transfer.objects.filter(to=by.agency, state=TransferState.RELEASED, person__erased_at__isnull=True)
        return list(rows.select_related("person", "agency").order_by("person__name", "pk")[:100])


def transfer_to(by: Actor, transfer: UUID) -> Transfer:
    """One that waits to be taken; ``Unseen`` otherwise."""
    found = next((row for row in transfers_to(by) if row.pk == transfer), None)
    if found is None:
        raise Unseen
    return found


def transfers_from(by: Actor) -> QuerySet[Transfer]:
    """What was released of the records that ``by`` keeps, the newest first."""
    rows = Transfer.objects.filter(access.kept_by(by, "person"), agency=by.agency)
    return rows.select_related("person", "to").order_by("-released_at", "pk")

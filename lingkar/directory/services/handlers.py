"""Before a unit ends: which services does it still offer?"""

from collections.abc import Iterator

from django.utils.translation import ngettext

from lingkar.directory.orgs.services import Ending, Occupied, asked_before_end
from lingkar.directory.services.models import Service


@asked_before_end
def services_it_offers(ending: Ending) -> Iterator[Occupied]:
    """Services of the units that are not retired by the day."""
    rows = Service.objects.filter(unit__in=ending.units)
    count = rows.exclude(retired_on__lt=ending.on).count()
    if count:
        words = ngettext(
            "%(count)s public service is still offered here. Publish it for another unit first, or retire it.",
            "%(count)s public services are still offered here. Publish them for another unit first, or retire them.",
            count,
        )
        yield Occupied(words % {"count": count})

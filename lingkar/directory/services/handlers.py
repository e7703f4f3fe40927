"""Before a unit ends: which services does it still offer?"""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import ngettext

from lingkar.directory.orgs.services import Ending, Occupied, asked_before_end
from lingkar.directory.services.models import Version


@asked_before_end
def services_it_offers(ending: Ending) -> Iterator[Occupied]:
    """Services of the units that somebody still offers on the day or later, planned and drafted ones too."""
    later = Q(valid_to__isnull=True) | Q(valid_to__gte=ending.on) & Q(valid_to__gte=F("valid_from"))
    count = Version.objects.filter(later, unit__in=ending.units).values("service").distinct().count()
    if count:
        words = ngettext(
            "%(count)s public service is still offered here. Publish it for another unit first, or retire it.",
            "%(count)s public services are still offered here. Publish them for another unit first, or retire them.",
            count,
        )
        yield Occupied(words % {"count": count})

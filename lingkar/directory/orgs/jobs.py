"""Changes of the tree that were planned come true on their day."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.directory.orgs import services
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope


@app.periodic(cron="1 * * * *")
@app.task(name="orgs.turn", queueing_lock="orgs.turn", pass_context=False)
def turn(timestamp: int) -> None:  # noqa: ARG001
    """A minute after each hour, because a day begins at three different hours in Indonesia."""
    for agency in Agency.objects.all():
        with agency_scope(agency.pk):
            services.turn_units(agency=agency.pk, by=Actor.system(agency.pk), at=timezone.now())

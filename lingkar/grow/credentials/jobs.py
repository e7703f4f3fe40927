"""Work in the background: print bundles of certificates."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.queries import working_for
from lingkar.grow.credentials import services


@app.task(name="credentials.render", retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def render(agency: str, bundle: str) -> None:
    """Print a bundle, a hundred in each transaction, until none is left."""
    by = Actor.system(UUID(agency))
    with working_for(by.agency):
        while services.print_next(bundle=UUID(bundle), by=by, at=timezone.now()):
            pass

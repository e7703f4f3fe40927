"""What the pages of the training office share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lingkar.directory.people.models import Status
from lingkar.directory.people.queries import placements_on
from lingkar.foundation.access import Forbidden
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import queries
from lingkar.grow.programmes.queries import CohortSeen
from lingkar.grow.programmes.web.sentences import sentence
from lingkar.grow.programmes.web.words import (
    link,
    state_badge,
)


def asked(request: Request) -> dict[str, str]:
    """What stands in the address, readable."""
    return {name: str(value).replace("\0", "") for name, value in request.GET.items()}


def seen_by(request: Request, code: str) -> CohortSeen:
    """A cohort for who manages it."""
    seen = queries.cohort_for(request.actor, code)
    if not seen.manages:
        raise Forbidden
    return seen


TABS = (
    ("programme", "programmes:cohort", gettext_lazy("Programme")),
    ("roster", "programmes:roster", gettext_lazy("Participants")),
    ("duties", "programmes:duties", gettext_lazy("Guides")),
    ("schedule", "programmes:schedule", gettext_lazy("Schedule")),
    ("book", "programmes:book", gettext_lazy("Marks")),
    ("meeting", "programmes:meeting", gettext_lazy("Meeting")),
)


def common(seen: CohortSeen, tab: str) -> dict[str, Any]:
    """What every page of a cohort shows: its tabs and its state."""
    tabs = [(link(url, code=seen.cohort.code), words, name == tab) for name, url, words in TABS] if seen.manages else []
    badge = state_badge(seen.cohort.state)
    return {"seen": seen, "cohort": seen.cohort, "badge": badge, "tabs": tabs}


def done(form: Any, act: Callable[[], Any]) -> Any:
    """What the act gives (True for nothing); None when it was refused, and then the form says why."""
    try:
        found = act()
    except Refused as no:
        form.add_error(None, sentence(no))
    except ValidationError as fault:
        form.add_error(None, fault)
    else:
        return True if found is None else found
    return None


def owner_of(form: Any, nip: str, field: str = "nip") -> UUID | None:
    """Whose NIP this is, of those who serve today; None when nobody has it, and then the form says so."""
    bare = "".join(letter for letter in nip if letter.isdigit())
    rows = placements_on(timezone.localdate()).filter(is_main=True, person__nip=bare, person__status=Status.ACTIVE)
    found = rows.values_list("person", flat=True).first() if bare else None
    if found is None:
        form.add_error(field, sentence(Refused("programmes.person_missing")))
    return found

"""Why a line of a sheet with services was refused."""

from collections.abc import Sequence
from typing import cast

from django.utils.translation import gettext as _

from lingkar.directory.services.rules import Component
from lingkar.directory.services.web import sentences
from lingkar.directory.services.web.words import COMPONENTS
from lingkar.foundation.refusals import Refused


def sentence(refused: Refused) -> str:
    """Words for a code of this module; ``KeyError`` for others."""
    own = {
        "services.unit_unknown": _("The unit “%(value)s” is not known. Use its code or its full name."),
        "services.not_yours": _("This code belongs to a service that you do not manage. Use another one."),
        "services.code_unusable": _("“%(value)s” is no code: use letters, digits and hyphens, at most 40 signs."),
        "services.no_address": _("“%(value)s” is no address on the internet. Write it as https://…"),
        "services.week_unreadable": _(
            "“%(value)s” tells no hours. Write them as Senin–Kamis 08.00–15.30; Jumat 08.00–11.30."
        ),
        "services.no_month": _("“%(value)s” is no month. Write it as Mei 2026 or 05/2026."),
        "services.service_unknown": _("The service “%(value)s” is not known. Use its code or its full name."),
        "services.no_summary_in_sheet": _(
            "Say what the service is for, or leave the day empty: then it comes in as a draft."
        ),
        "services.no_channel_in_sheet": _(
            "Say where people get it, or leave the day empty: then it comes in as a draft."
        ),
        "services.no_hours_in_sheet": _(
            "Say when the counter is open, or leave the day empty: then it comes in as a draft."
        ),
        "services.components_missing_in_sheet": _(
            "Still missing: %(names)s. Fill them in, or leave the day empty: then it comes in as a draft."
        ),
    }  # fmt: skip
    if refused.code not in own:
        return sentences.sentence(refused)
    components = cast("Sequence[Component]", refused.details.get("components", ()))
    names = ", ".join(str(COMPONENTS[name]) for name in components)
    return own[refused.code] % {**refused.details, "names": names}

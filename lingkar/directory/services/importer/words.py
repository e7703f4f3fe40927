"""What a standard says, as an import shows its differences."""

from typing import Any

from django.utils.translation import gettext as _

from lingkar.directory.services.models import Need
from lingkar.directory.services.web.words import hours_of
from lingkar.foundation.ui.words import number


def in_words(name: str, value: Any) -> str:
    """One field of a standard in one line."""
    if name == "draft":
        return _("Draft")
    if name == "hours":
        return "; ".join(f"{days.name} {days.hours}" for days in hours_of(value)) if value else ""
    if name == "need":
        return str(Need(value).label)
    if name == "cost" and value is not None:
        return f"Rp{number(value)}"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

"""Values as people read them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lingkar.foundation.parameters.rules import Limits
from lingkar.foundation.ui import words


def shown(value: Any) -> str:
    """A value in the language of the page: "1.250", "2,5", "Ya", "30, 90, 180"."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, tuple):
        return ", ".join(shown(part) for part in value)
    if isinstance(value, int | Decimal):
        return words.number(value)
    return words.day(value) if isinstance(value, date) else str(value)


def fits(limits: Limits) -> str:
    """What may be typed, in one line; "" when there is nothing to say."""
    kinds = {
        int: _("A whole number"),
        Decimal: _("A number, with a comma for fractions"),
        tuple: _("Whole numbers with commas between them"),
    }
    return _range(kinds[limits.kind], limits) if limits.kind in kinds else ""


def _range(kind: str, limits: Limits) -> str:
    least, most = limits.least, limits.most
    if least is not None and most is not None:
        return _("%(kind)s from %(least)s to %(most)s.") % {"kind": kind, "least": shown(least), "most": shown(most)}
    if least is not None:
        return _("%(kind)s, at least %(least)s.") % {"kind": kind, "least": shown(least)}
    if most is not None:
        return _("%(kind)s, at most %(most)s.") % {"kind": kind, "most": shown(most)}
    return f"{kind}."

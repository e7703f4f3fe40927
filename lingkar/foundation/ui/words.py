"""Dates and numbers as people read them, in the language and the time zone of the page."""

import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language


def day(value: date | datetime | None) -> str:
    """A date: "21 November 2026". A moment is first brought to the time zone of the page."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return _written(local.day, local.month, local.year, get_language())


@lru_cache(maxsize=4000)
def _written(number: int, month: int, year: int, _language: str | None) -> str:
    """Lists are full of days, and each is written the same."""
    return formats.date_format(date(year, month, number), "j F Y")


def days(first: date, last: date) -> str:
    """A stretch of days, what is the same said once: "7–9 Desember 2026", "30 November – 2 Desember 2026"."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{formats.date_format(first, 'j F')} – {day(last)}"
    return f"{first.day}–{day(last)}"


def when(value: datetime | None) -> str:
    """A moment with its time zone: "21 November 2026, 10.32 WIB"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = "H:i" if get_language() == "en" else "H.i"
    return f"{day(value)}, {formats.date_format(local, clock)} {local.tzname()}"


def shortened(words: str, longest: int) -> str:
    """At most the first ``longest`` characters of a text: whole words, and an ellipsis where something is left out.

    A word that is longer than a quarter of them is cut.
    """
    whole = unicodedata.normalize("NFC", words)
    if len(whole) <= longest:
        return whole
    begun = whole[: longest - 1]
    edge = longest - 1 if whole[longest - 1].isspace() else begun.rfind(" ")
    begun = begun[:edge] if edge > longest * 3 // 4 else begun
    return begun.rstrip(" .,;:") + "…"


def amount(value: float | Decimal | None) -> str:
    """A number without decimals that say nothing: "20" and "7,5", never "20,0"."""
    exact = None if value is None else Decimal(str(value)).normalize()
    return number(int(exact) if exact is not None and exact == exact.to_integral_value() else exact)


def number(value: float | Decimal | None, places: int | None = None) -> str:
    """A number with groups of thousands: "1.234,5" in Indonesian, "1,234.5" in English; with ``places`` decimals.

    It is rounded to them, a half away from zero: Django would cut the rest off, and tell 0.548 as 0.54.
    """
    if value is None:
        return ""
    if type(value) is int and not places:  # most are; Django's way takes ten times as long
        return f"{value:,}".replace(",", formats.get_format("THOUSAND_SEPARATOR"))
    if places is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return formats.number_format(value, places, use_l10n=True, force_grouping=True)

"""Weekdays in templates."""

from django import template
from django.utils.dates import WEEKDAYS

register = template.Library()


@register.filter
def weekdays(days: str) -> str:
    """The days of a working week by name: "12345" becomes "Senin, Selasa, Rabu, Kamis, Jumat"."""
    return ", ".join(str(WEEKDAYS[int(digit) - 1]) for digit in days)

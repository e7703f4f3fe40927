"""How a person's official numbers are written."""

from django import template

register = template.Library()


@register.filter
def nip(value: str) -> str:
    """A NIP as it is printed: ``199008152016011005`` becomes ``19900815 201601 1 005``."""
    return f"{value[:8]} {value[8:14]} {value[14:15]} {value[15:]}" if len(value) == 18 else value

"""The sentences of notifications. A module declares its own in ``notices.py``. No Django models here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_TEXTS: dict[str, str | Promise] = {}
_LETTERS: dict[str, str | Promise] = {}


def notice(kind: str, text: str | Promise) -> str:
    """Declare a kind of notification (``"reports.referred"``) with its sentence; returns the kind.

    ``text`` is a lazy translation and may name details: ``_("Report %(code)s waits for you.")``. Details are ids,
    codes, numbers and dates, never a person's words: the row outlives what they wrote.
    """
    if _TEXTS.setdefault(kind, text) is not text:
        raise ValueError(f"notice {kind!r} is declared twice")
    return kind


def text_of(kind: str) -> str | Promise:
    """The sentence of a kind. An undeclared kind is a fault of the code: ``KeyError``."""
    return _TEXTS[kind]


def letter(template: str, name: str | Promise) -> str:
    """Say what the letter of ``template`` is ("Receipt of a report"), for the operator's list; returns the template."""
    _LETTERS[template] = name
    return template


def letter_name(template: str) -> str:
    """What the operator reads of a letter; the template's own name where nobody gave one."""
    return str(_LETTERS.get(template, template))


SIGN_IN = letter("sign-in", _("Account and sign-in"))
"""Everything that the sign-in library writes."""

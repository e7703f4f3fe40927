"""A field of a form, with label, hint, errors and widget, drawn at once: a filter has four of them on every list."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.template.defaultfilters import capfirst
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lingkar.foundation.ui.drawing.widgets import written


def drawn(field: BoundField) -> SafeString:
    """A hidden field alone, a tick with its label behind it, a group in a fieldset, or label, words, widget."""
    if field.is_hidden:
        return mark_safe(str(field))  # noqa: S308  # a widget, drawn
    name, told = written(capfirst(str(field.label))), _words(field)
    if field.widget_type == "checkbox":
        switch = " switch" if field.field.widget.attrs.get("role") == "switch" else ""
        label = _label(field, name)
        found = f'<div class="field tick{switch}">\n<div class="tick-row">{field}{label}</div>\n{told}</div>\n'
    elif field.use_fieldset:
        # Not every BoundField of the stubs has it.
        described = getattr(field, "aria_describedby", None)
        attributes = f' aria-describedby="{written(described)}"' if described else ""
        attributes += ' aria-invalid="true"' if field.errors else ""
        legend = f"<legend>{name}{_mark(field)}</legend>"
        found = f'<fieldset class="field choices"{attributes}>\n{legend}\n{told}{field}\n</fieldset>\n'
    else:
        label = _label(field, name + _mark(field))
        found = f'<div class="field">\n{label}\n{told}{field}\n</div>\n'
    return mark_safe(found)  # noqa: S308  # every value was written by ``written``


def _label(field: BoundField, words: str) -> str:
    """A label of the widget; only words where the widget has no id that it could name."""
    named = f' for="{written(field.id_for_label)}"' if field.id_for_label else ""
    return f"<label{named}>{words}</label>"


EMPTY = forms.Field.default_error_messages["required"]


def faults(field: BoundField) -> list[str]:
    """What is wrong with a field. One that is empty, without a sentence of its own for that, is named in it."""
    return [
        _empty(field) if error.code == "required" and words == str(EMPTY) else words
        for error in field.errors.as_data()
        for words in error.messages
    ]


def summed_up(field: BoundField) -> list[str]:
    """The same for the list above the form, where each fault says which field it is about."""
    name, empty = capfirst(str(field.label)), _empty(field)
    return [words if words == empty else f"{name} – {words}" for words in faults(field)]


def _empty(field: BoundField) -> str:
    name = capfirst(str(field.label))
    if name.endswith("?"):
        return _("Not answered yet: %(name)s") % {"name": name}
    if field.widget_type == "checkbox":
        return _("%(name)s is not ticked yet.") % {"name": name}
    if isinstance(field.field, forms.FileField) or hasattr(field.field.widget, "choices"):
        return _("%(name)s is not chosen yet.") % {"name": name}
    return _("%(name)s is not filled in yet.") % {"name": name}


def _mark(field: BoundField) -> str:
    """What is not the rule of the form: required, or optional."""
    required: Any = getattr(field.form, "marks_required", None)
    if required:
        words = _("(required)") if field.field.required or field.name in required else ""
    else:
        words = "" if field.field.required else _("(optional)")
    return f' <span class="optional">{written(words)}</span>' if words else ""


def _words(field: BoundField) -> str:
    found = ""
    if field.help_text:
        found += f'<p class="hint"{_id(field, "helptext")}>{written(field.help_text)}</p>\n'
    if field.errors:
        errors = "".join(f"{written(error)} " for error in faults(field))
        found += (
            f'<p class="error"{_id(field, "error")}><span class="unseen">{written(_("Error:"))}</span> {errors}</p>\n'
        )
    return found


def _id(field: BoundField, what: str) -> str:
    """What ``aria-describedby`` of the widget names; nothing in a form without ids, where it names nothing."""
    return f' id="{written(field.auto_id)}_{what}"' if field.auto_id else ""

"""Widgets that draw themselves: Django draws each option of a select from a template of its own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from lingkar.foundation.ui.drawing.widgets import written


class Select(forms.Select):
    """A select whose options are written in one go: 80 units cost a tenth of a millisecond, not ten."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002
    ) -> SafeString:
        chosen = self.format_value(value)
        built = self.build_attrs(self.attrs, dict(attrs or {}))
        parts = "".join(self._option(key, label, chosen) for key, label in self.choices)
        return SafeString(f'<select name="{written(name)}"{flatatt(built)}>{parts}</select>')

    def _option(self, key: Any, label: Any, chosen: Any) -> str:
        if isinstance(label, list | tuple):
            inner = "".join(self._option(k, word, chosen) for k, word in label)
            return f'<optgroup label="{written(key)}">{inner}</optgroup>'
        key = "" if key is None else key
        mark = " selected" if str(key) in chosen else ""
        return f'<option value="{written(key)}"{mark}>{written(label)}</option>'

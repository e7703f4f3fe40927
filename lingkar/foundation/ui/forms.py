"""How forms are drawn: Django's own widgets inside the elements of the house."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from lingkar.foundation.ui.drawing.fields import drawn as drawn_field
from lingkar.foundation.ui.drawing.widgets import DRAWN

FIELD = "(a field)"
"""Stands for a template that there is none of."""


class Renderer(TemplatesSetting):
    """Set as ``FORM_RENDERER``: a field is drawn by ``drawing.fields``, also when a form is printed whole."""

    form_template_name = "ui/form.html"
    field_template_name = FIELD

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw a field or a widget at once, everything else from its template."""
        if template_name == FIELD:
            return drawn_field(context["field"])
        draw = DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw else None
        return super().render(template_name, context, request) if drawn is None else drawn.strip()

"""How forms are drawn: Django's own widgets inside the elements of the house."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Set as ``FORM_RENDERER``: a field is drawn by ``ui/field.html``, also when a form is printed whole."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

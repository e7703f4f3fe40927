"""The form of a new value."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import Spec
from lingkar.foundation.parameters.rules import NO, YES
from lingkar.foundation.parameters.web import words


class ValueForm(forms.Form):
    """A value, the day from which it holds, and where it comes from."""

    value = forms.CharField(label=_("New value"), max_length=500)
    valid_from = forms.DateField(
        label=_("Holds from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today or later. What was promised before that day does not change."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Number and date of the regulation, decree or decision.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    is_doubtful = forms.BooleanField(label=_("Not yet checked against the text of the regulation"), required=False)

    def __init__(self, *args: Any, spec: Spec[Any], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = today
        self.fields["valid_from"].widget.attrs["min"] = f"{today:%Y-%m-%d}"
        self.fields["value"] = self._value_field(spec)

    def _value_field(self, spec: Spec[Any]) -> forms.Field:
        if spec.limits.kind is bool:
            choices = [(YES, _("Yes")), (NO, _("No"))]
            return forms.ChoiceField(label=_("New value"), choices=choices, widget=forms.RadioSelect)
        if spec.limits.choices:
            return forms.ChoiceField(label=_("New value"), choices=[(name, name) for name in spec.limits.choices])
        field = forms.CharField(label=_("New value"), max_length=500, help_text=words.fits(spec.limits))
        field.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"} if spec.limits.kind is not str else {}
        return field

"""The filter of the catalogue, as it stands in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.directory.services.models import Channel, Need
from lingkar.foundation.ui.widgets import Select

Choices = Sequence[tuple[str, Any]]


class CatalogueFilter(forms.Form):
    """What somebody looks for. A value that is not known is no filter: an old link still opens the catalogue."""

    q = forms.CharField(
        label=_("What do you need?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    keperluan = forms.CharField(label=_("Subject"), required=False, widget=Select)
    unit = forms.CharField(label=_("Unit"), required=False, widget=Select)
    saluran = forms.CharField(label=_("How"), required=False, widget=Select)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Choices] = {"keperluan": Need.choices, "unit": units, "saluran": Channel.choices}
        for name, rows in offered.items():
            self.fields[name].widget.choices = [("", _("All")), *rows]

    @property
    def chosen(self) -> dict[str, str]:
        """What stands in the address; what cannot be read is no filter."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}

"""Forms of units and positions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import UnitKind
from lingkar.foundation.ui.widgets import Select


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class TreeForm(forms.Form):
    """Which units of which day are shown."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    jenis = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *UnitKind.choices], widget=Select
    )
    tanggal = forms.DateField(label=_("As on"), required=False, widget=DayInput())

    def __init__(self, asked: dict[str, Any]) -> None:
        super().__init__({name: value.replace("\0", "") for name, value in asked.items()})

    def day(self, today: date) -> date:
        """The day that is asked for; today where it is none."""
        return self._told().get("tanggal") or today

    def words(self) -> str:
        return str(self._told().get("q") or "")

    def kind(self) -> str:
        return str(self._told().get("jenis") or "")

    def _told(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

"""Forms of the calendar."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.calendar.models import DayOff, DayOffKind, WorkWeek

DAY_NAMES = [(str(number + 1), name) for number, name in WEEKDAYS.items()]


class DayOffForm(forms.Form):
    """A day on which nobody works."""

    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As people know it, such as “Hari Jadi Kota”."))
    kind = forms.ChoiceField(label=_("Kind"), choices=DayOffKind.choices, initial=DayOffKind.LOCAL)
    source = forms.CharField(
        label=_("Source"), required=False, max_length=200, help_text=_("The decree, such as “SK Bupati 12/2026”.")
    )

    @staticmethod
    def facts_of(row: DayOff) -> dict[str, Any]:
        """What the form shows of a day that is there already."""
        return {"date": row.date, "name": row.name, "kind": row.kind, "source": row.source}


class WeekForm(forms.Form):
    """A working week."""

    name = forms.CharField(label=_("Name"), max_length=80)
    days = forms.MultipleChoiceField(label=_("Working days"), choices=DAY_NAMES, widget=forms.CheckboxSelectMultiple)
    is_default = forms.BooleanField(
        label=_("Default week"), required=False, help_text=_("Units that name no week of their own keep this one.")
    )

    @staticmethod
    def facts_of(row: WorkWeek) -> dict[str, Any]:
        """What the form shows of a week that is there already."""
        return {"name": row.name, "days": list(row.days), "is_default": row.is_default}

    @property
    def chosen(self) -> dict[str, Any]:
        """What the services ask for."""
        return {**self.cleaned_data, "days": "".join(self.cleaned_data["days"])}

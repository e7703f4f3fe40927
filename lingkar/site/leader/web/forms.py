"""Which period, and which unit."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lingkar.foundation.ui.widgets import Select

LATEST = (3, 6, 12)
"""Months, the running one included, that a period may have."""
USUAL = "12"


class PeriodForm(forms.Form):
    """The filter as it stands in the address: ``periode`` is a number of months or a year."""

    periode = forms.ChoiceField(label=_("Which months"), required=False, widget=Select)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=40, widget=Select)

    def __init__(self, *args: Any, today: date, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        months = [(str(n), ngettext("Last %(n)s month", "Last %(n)s months", n) % {"n": n}) for n in reversed(LATEST)]
        years = [(str(year), str(year)) for year in range(today.year, today.year - 3, -1)]
        self.fields["periode"].choices = [*months, *years]  # type: ignore[attr-defined]
        self.fields["unit"].widget.choices = [("", _("All units")), *units]

    @property
    def days(self) -> tuple[date, date]:
        """First and last day; the last twelve months where nothing valid is asked for."""
        self.is_valid()
        asked = self.cleaned_data.get("periode") or USUAL
        return year(int(asked), self.today) if len(asked) == len("2026") else latest(int(asked), self.today)

    @property
    def code(self) -> str:
        """The code of the unit that is asked for; "" for all."""
        self.is_valid()
        return str(self.cleaned_data.get("unit", ""))


def latest(months: int, today: date) -> tuple[date, date]:
    """From the first day of a month to today; the running month counts."""
    first = today.replace(day=1)
    for _month in range(months - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, today


def year(number: int, today: date) -> tuple[date, date]:
    """A calendar year, up to today."""
    return date(number, 1, 1), min(date(number, 12, 31), today)

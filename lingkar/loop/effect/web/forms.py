"""What is typed to register a study."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.widgets import Select
from lingkar.loop.effect.models import Outcome


class ServiceForm(forms.Form):
    """Which service a study is about."""

    layanan = forms.ChoiceField(label=_("Service"), widget=Select())

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layanan"].choices = services  # type: ignore[attr-defined]


class StudyForm(forms.Form):
    """What is looked at; and for each unit the first day of its training, or nothing."""

    outcome = forms.ChoiceField(label=_("What is looked at"), choices=Outcome.choices, widget=Select())
    percent = forms.IntegerField(
        label=_("Smallest change that matters"),
        help_text=_("In percent of the reports (20 is a fifth); for a survey in hundredths of a point."),
        min_value=1,
        max_value=90,
    )
    delay = forms.IntegerField(
        label=_("Days until it shows"),
        help_text=_("0 when it should show at once. What is learned on the job may need 90."),
        min_value=0,
        max_value=365,
        initial=0,
    )

    def __init__(
        self, *args: Any, units: Sequence[tuple[UUID, str]], begun: Mapping[UUID, date], **kwargs: Any
    ) -> None:
        """``begun``: first days that cohorts tell; they stand in the form and need not be typed."""
        super().__init__(*args, **kwargs)
        self.names = {f"unit_{number}": unit for number, (unit, _name) in enumerate(units)}
        for number, (unit, name) in enumerate(units):
            self.fields[f"unit_{number}"] = forms.DateField(
                label=name,
                required=False,
                initial=begun.get(unit),
                help_text=_("From its cohort.") if unit in begun else "",
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )

    @property
    def dates(self) -> list[Any]:
        """The fields of the units."""
        return [self[name] for name in self.names]

    @property
    def told(self) -> Mapping[str, Any]:
        """What the service is given."""
        given = self.cleaned_data
        units: dict[UUID, date | None] = {unit: given[name] for name, unit in self.names.items()}
        margin = Decimal(given["percent"]) / 100
        return {"outcome": given["outcome"], "delay": given["delay"], "margin": margin, "units": units}

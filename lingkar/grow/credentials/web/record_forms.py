"""What who keeps the records writes down of one person."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.ui.widgets import Select
from lingkar.grow.credentials.models import Form, Predicate, Severity
from lingkar.grow.credentials.rules.hours import MEASURES, Measure

MEASURED = {
    Measure.HOURS: "JP",
    Measure.DAY: gettext_lazy("by days"),
    Measure.TIME: gettext_lazy("by times"),
    Measure.SEMESTER: gettext_lazy("by semesters"),
}
YEARS = 5


def day_field(label: Any) -> forms.DateField:
    """A day that must be given."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class HoursForm(forms.Form):
    """A training that somebody took elsewhere."""

    title = forms.CharField(label=gettext_lazy("What was learned"), max_length=250)
    form = forms.ChoiceField(label=gettext_lazy("Form of learning"), widget=Select)
    amount = forms.DecimalField(
        label=gettext_lazy("How much"),
        help_text=gettext_lazy("JP, days, times or semesters: what stands behind the form."),
        max_digits=6,
        decimal_places=2,
        localize=True,
    )
    days = forms.IntegerField(
        label=gettext_lazy("On how many days"),
        help_text=gettext_lazy("Some forms count only so many JP a day."),
        min_value=1,
        max_value=1000,
        initial=1,
    )
    on = day_field(gettext_lazy("Last day"))
    abroad = forms.BooleanField(label=gettext_lazy("It was international"), required=False)
    organiser = forms.CharField(label=gettext_lazy("Organiser"), max_length=200, required=False)
    proof = forms.CharField(label=gettext_lazy("Number of the certificate"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        named = [(form.value, f"{form.value} · {form.label} ({MEASURED[MEASURES[form.value]]})") for form in Form]
        field.choices = [("", _("Choose a form")), *named]


class RatingForm(forms.Form):
    """The SKP predicate of a year that is over."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, widget=Select)
    predicate = forms.ChoiceField(label=gettext_lazy("Predicate"), choices=Predicate.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [(year, str(year)) for year in range(today.year - 1, today.year - 1 - YEARS, -1)]


class PunishmentForm(forms.Form):
    """A disciplinary punishment: how severe and when, never what it was about."""

    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=Severity.choices, widget=forms.RadioSelect)
    decided = day_field(gettext_lazy("Decided on"))


class TakeBackForm(forms.Form):
    """Which line was written down wrongly."""

    line = forms.ChoiceField(label=gettext_lazy("What was written down wrongly"), widget=Select)

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Choose a line")), *lines]

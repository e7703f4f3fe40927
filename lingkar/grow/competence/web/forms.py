"""Levels as they are chosen, and the filter of a team."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lingkar.foundation.ui.widgets import Select
from lingkar.grow.competence.queries import Entry


class LevelsForm(forms.Form):
    """One select for each competency: what fits best, from 0 (not yet) to 5. What is left open is not written."""

    def __init__(self, *args: Any, entries: Iterable[Entry], asked: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in entries:
            self.fields[entry.code] = forms.TypedChoiceField(
                label=entry.name,
                required=False,
                coerce=int,
                empty_value=None,
                choices=_choices(entry),
                widget=Select(),
                help_text=_("Asked for: level %(level)s") % {"level": asked[entry.code]} if entry.code in asked else "",
            )

    def clean(self) -> dict[str, Any]:
        """At least one level is chosen."""
        cleaned = super().clean() or {}
        if not self.errors and not any(level is not None for level in cleaned.values()):
            raise forms.ValidationError(_("Choose a level for at least one competency."))
        return cleaned

    @property
    def levels(self) -> dict[str, int]:
        """What was chosen, by code."""
        return {code: level for code, level in self.cleaned_data.items() if level is not None}


class MeasuredForm(LevelsForm):
    """What assessors found, and when."""

    on = forms.DateField(
        label=gettext_lazy("Found on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day of the assessment. It counts from then on."),
    )

    def clean(self) -> dict[str, Any]:
        """At least one level besides the day."""
        on = self.cleaned_data.pop("on", None)
        return super().clean() | ({"on": on} if on else {})

    @property
    def levels(self) -> dict[str, int]:
        return {code: level for code, level in super().levels.items() if code != "on"}


def _choices(entry: Entry) -> list[tuple[str, str]]:
    """The levels with what they ask for."""
    told = [(str(number), f"{number} · {words}") for number, words in enumerate(entry.levels, start=1)]
    return [("", pgettext("competency", "Not said")), ("0", "0 · " + pgettext("competency", "Not yet")), *told]


class TeamFilter(forms.Form):
    """The filter of a team."""

    q = forms.CharField(
        label=gettext_lazy("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


class UnitFilter(forms.Form):
    """Whose means are shown."""

    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, widget=Select())

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.choices = units

"""Filters of the board and of the cases behind it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.ui.widgets import Select
from lingkar.loop.causes.models import CauseKind
from lingkar.loop.scoreboard import queries
from lingkar.loop.scoreboard.queries import Station
from lingkar.loop.scoreboard.web import words

CLOSED = "tertutup"
NEVER = "belum"
"""Stand in addresses for what is empty in the rows: no station left; no study."""


class BoardFilter(forms.Form):
    """The board as it stands in the address. What is unknown counts as everything."""

    q = forms.CharField(label=_("Service or unit"), required=False, max_length=80)
    berhenti = forms.ChoiceField(label=_("Next station"), required=False, widget=Select)
    dampak = forms.ChoiceField(label=pgettext_lazy("circle", "Effect"), required=False, widget=Select)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=40, widget=Select)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stations = [(str(station), words.STATIONS[station]) for station in Station]
        verdicts = [(kind or NEVER, queries.verdict_name(kind)) for kind in (*sorted(queries.BADGES), "")]
        everything, closed = ("", _("All")), (CLOSED, _("Circle closed"))
        self.fields["berhenti"].choices = [everything, *stations, closed]  # type: ignore[attr-defined]
        self.fields["dampak"].choices = [everything, *verdicts]  # type: ignore[attr-defined]
        self.fields["unit"].widget.choices = [("", _("All units")), *units]

    @property
    def asked(self) -> dict[str, Any]:
        """What ``queries.board`` takes."""
        self.is_valid()
        given = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        stops_at, verdict = given["berhenti"], given["dampak"]
        return {
            "stops_at": ("" if stops_at == CLOSED else stops_at) if stops_at else None,
            "verdict": ("" if verdict == NEVER else verdict) if verdict else None,
            "unit": given["unit"],
            "text": given["q"],
        }

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.fields)


class CaseFilter(forms.Form):
    """Cases with one cause, or with several that are told together."""

    sebab = forms.MultipleChoiceField(label=_("Cause"), required=False, choices=CauseKind)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The causes that are asked for, those that are known; () for all."""
        self.is_valid()
        return tuple(self.cleaned_data.get("sebab") or ())


class SaidFilter(forms.Form):
    """Services by their name."""

    q = forms.CharField(label=_("Service"), required=False, max_length=80)

    @property
    def text(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")

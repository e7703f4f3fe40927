"""What an officer says of a closed case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.widgets import Select
from lingkar.grow.competence import queries as competence
from lingkar.loop.causes.models import CauseKind


class CauseForm(forms.Form):
    """Our own sentences say what is missing, so that no field is ``required`` in HTML."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Why did it arise?"),
        widget=Select,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a cause from the list.")),
    )
    competency = forms.ChoiceField(
        label=_("Competency that was lacking"),
        required=False,
        widget=Select,
        help_text=_("Only where training can help: officers did not know, or their conduct."),
    )
    service = forms.CharField(label=_("Service"), required=False, widget=Select)
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=500,
        help_text=_("Without names. Never shown outside."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(competence.names().items())
        offered: dict[str, list[tuple[str, Any]]] = {
            "kind": [("", _("Choose a cause")), *CauseKind.choices],
            "competency": [("", _("None")), *names],
        }
        for name, rows in offered.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        self.fields["service"].widget.choices = [("", _("About no service in particular")), *services]


class OfferForm(forms.Form):
    """One case to offer."""

    case = forms.UUIDField()


class LearningFilter(forms.Form):
    """Which cases a cohort may learn from. What is unknown counts as everything."""

    layanan = forms.ChoiceField(label=_("Service"), required=False, widget=Select)
    kompetensi = forms.ChoiceField(label=_("Competency that was lacking"), required=False, widget=Select)

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(competence.names().items())
        for name, rows in (("layanan", services), ("kompetensi", names)):
            self.fields[name].choices = [("", _("All")), *rows]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, "" for everything."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}

"""What is typed to make a plan. A form only parses: what may be, the services decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.widgets import Select
from lingkar.loop.planning.models import Source

MOST = 10**13


class MoneyForm(forms.Form):
    """What each source pays in the year, in rupiah."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for source in Source:
            self.fields[source.value] = forms.IntegerField(
                label=source.label, required=False, min_value=0, max_value=MOST, initial=0
            )

    @property
    def budgets(self) -> dict[str, int]:
        """Rupiah by source."""
        return {source.value: self.cleaned_data.get(source.value) or 0 for source in Source}


class PlanForm(MoneyForm):
    """The year, and the money."""

    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)


class TrainingForm(forms.Form):
    """What is told of every training that may be held."""

    title = forms.CharField(label=_("Name of the training"), max_length=160)
    level = forms.IntegerField(label=_("Level it brings"), min_value=1, max_value=5)
    least = forms.IntegerField(label=_("Fewest participants"), min_value=1, max_value=5000)
    most = forms.IntegerField(label=_("Seats of the training"), min_value=1, max_value=5000)
    jp = forms.DecimalField(label=_("Hours (JP)"), min_value=1, max_value=1000, decimal_places=1)
    cost = forms.IntegerField(label=_("Cost (rupiah)"), min_value=0, max_value=MOST)
    source = forms.ChoiceField(label=_("Who pays"), choices=Source.choices, widget=Select())
    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SuggestedForm(TrainingForm):
    """A training that a need speaks for: competency and service are known, the cost is asked."""

    everybody = forms.BooleanField(
        label=_("Also for others who lack it"),
        required=False,
        help_text=_(
            "Few of a unit may be away on one day, so those who serve one thing rarely fill a class. They come first."
        ),
    )
    field_order = ("title", "cost", "everybody")


class RunForm(TrainingForm):
    """A training that may be held."""

    competency = forms.ChoiceField(label=_("Competency"), widget=Select())
    layanan = forms.ChoiceField(label=_("Only for those who serve"), required=False, widget=Select())
    field_order = ("title", "competency", "level", "layanan")

    def __init__(
        self, *args: Any, competencies: Sequence[tuple[str, str]], services: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {"competency": competencies, "layanan": [("", _("Everybody")), *services]}
        for name, rows in offered.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class SuggestedFilter(forms.Form):
    """Which suggested trainings: those that wait for a decision, unless somebody asks for others."""

    keadaan = forms.ChoiceField(
        label=_("Show"),
        required=False,
        widget=Select,
        choices=[
            ("", _("Waiting for a decision")),
            ("taken", _("In the plan")),
            ("left", _("Left this year")),
            ("semua", _("All")),
        ],
    )

    @property
    def state(self) -> str:
        """The state to show; "" for all."""
        self.is_valid()
        chosen = self.cleaned_data.get("keadaan") or "open"
        return "" if chosen == "semua" else str(chosen)


class OpeningForm(forms.Form):
    """What only a person knows when a cohort is opened from the plan."""

    kind = forms.ChoiceField(label=_("Kind of programme"), widget=Select)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Stands in its address: letters, digits and hyphens.")
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """Who goes, or stays."""

    person = forms.UUIDField()
    goes = forms.BooleanField(required=False)

    @property
    def told(self) -> dict[str, Any]:
        """What the service is given."""
        return {"person": self.cleaned_data["person"], "goes": self.cleaned_data["goes"]}

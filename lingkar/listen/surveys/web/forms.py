"""What respondents fill in, on a phone and from paper."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.widgets import Select
from lingkar.listen.surveys.models import Age, Education, Sex, Work
from lingkar.listen.surveys.queries import Asked
from lingkar.listen.surveys.services import Respondent

Choices = Sequence[tuple[str, str]]
CHOOSE = {"required": _("Choose one from the list.")}
ABOUT = {
    "sex": (_("You are"), Sex),
    "age": (_("Your age"), Age),
    "education": (_("School finished last"), Education),
    "work": (_("Your work"), Work),
}


class AnswerForm(forms.Form):
    """The questions in force; our own sentence says what is missing, so nothing is ``required`` in HTML."""

    use_required_attribute = False
    version = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = asked.version
        self.asked = [f"q{number}" for number in range(1, len(asked.questions) + 1)]
        for name, question in zip(self.asked, asked.questions, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=question.text,
                choices=list(enumerate(question.options, start=1)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the four."),
                    "invalid_choice": _("Choose one of the four."),
                },
            )
        for name, (label, kind) in ABOUT.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", _("Not said")), *kind.choices], required=False, widget=Select
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ABOUT]

    @property
    def version_read(self) -> str:
        """The questionnaire whose questions were answered."""
        read: str = self.cleaned_data["version"]
        return read

    @property
    def answers(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.asked]

    @property
    def respondent(self) -> Respondent:
        return Respondent(**{name: self.cleaned_data[name] for name in ABOUT})


class PaperForm(AnswerForm):
    """A sheet of paper: the same questions, and the day on which it was filled in."""

    day = forms.DateField(
        label=_("Day on the sheet"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sheet = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=lambda: uuid4().hex)


class CounterForm(forms.Form):
    """A place where answers are collected."""

    use_required_attribute = False
    service = forms.CharField(
        label=_("Service"), widget=Select, error_messages={"required": _("Choose one from the list.")}
    )
    unit = forms.CharField(
        label=_("Unit that gives it"), widget=Select, error_messages={"required": _("Choose one from the list.")}
    )

    def __init__(
        self, *args: Any, services: Sequence[tuple[str, str]], units: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].widget.choices = [("", _("Choose a service")), *services]
        self.fields["unit"].widget.choices = [("", _("Choose a unit")), *units]


class FindForm(forms.Form):
    """What somebody wants to rate."""

    q = forms.CharField(
        label=_("Which service did you use?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class PeriodForm(forms.Form):
    """The period of the results, as it stands in the address."""

    periode = forms.CharField(label=_("Period of the results"), required=False, widget=Select)

    def __init__(self, *args: Any, periods: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["periode"].widget.choices = periods

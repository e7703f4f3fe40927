"""What makers of quizzes type. A form only parses: what may be done, the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.ui.widgets import Select
from lingkar.grow.exams.models import Quiz
from lingkar.grow.exams.services import QuizFacts

Choices = Iterable[tuple[str, str]]


class QuizForm(forms.Form):
    """What is told about a quiz."""

    title = forms.CharField(label=pgettext_lazy("learning", "title"), max_length=160)
    unit = forms.ChoiceField(label=_("unit that owns it"), widget=Select)
    course = forms.ChoiceField(
        label=_("course"), required=False, widget=Select, help_text=_("Only its learners take it; none: everybody.")
    )
    shown = forms.IntegerField(
        label=_("questions shown"), min_value=1, max_value=200, initial=20,
        help_text=_("So many are drawn for each attempt."),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("minutes"), min_value=1, max_value=240, initial=30)
    pass_mark = forms.DecimalField(label=_("pass mark"), min_value=0, max_value=100, decimal_places=2, initial=70)
    attempts = forms.IntegerField(label=_("attempts allowed"), min_value=1, max_value=10, initial=2)

    def __init__(self, *args: Any, units: Choices, courses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("unit", units), ("course", [("", "–"), *courses])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = list(choices)

    @property
    def facts(self) -> QuizFacts:
        """What was typed, for the service."""
        names = ("title", "unit", "course", "shown", "minutes", "pass_mark", "attempts")
        return QuizFacts(**{name: self.cleaned_data[name] for name in names})


class NewQuizForm(QuizForm):
    """A new quiz has a code, too."""

    code = forms.SlugField(
        label=_("code"), max_length=40,
        help_text=_("Small letters, digits and dashes. It stands in the address and never changes."),
    )  # fmt: skip
    field_order = ("title", "code")


class QuestionsForm(forms.Form):
    """One question, or many at once."""

    text = forms.CharField(
        label=pgettext_lazy("quiz", "Questions"), max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
        help_text=_("One question, or many pasted at once. An empty line ends a question."),
    )  # fmt: skip


def facts_of(quiz: Quiz) -> dict[str, Any]:
    """What a form of a quiz begins with."""
    names = ("title", "shown", "minutes", "pass_mark", "attempts")
    course = quiz.course.code if quiz.course else ""
    return {name: getattr(quiz, name) for name in names} | {"unit": str(quiz.unit_id), "course": course}

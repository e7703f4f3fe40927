"""What owners and reviewers type. A form only parses: whether it may be done, the services decide."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.act.projects import rules
from lingkar.act.projects.models import Project, Step
from lingkar.act.projects.rules import Criterion, PlannedStep
from lingkar.act.projects.web.sentences import CRITERIA
from lingkar.foundation.ui.meanwhile import Meanwhile

SPARE = 2
"""Empty rows after the steps that are there."""
FEWEST = 4


class Files(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads as a list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        rows = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(row, initial) for row in rows]


def words(label: Any, *, rows: int = 4, longest: int = rules.LONGEST, **options: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options)


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, as a browser asks for it."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class WriteForm(Meanwhile):
    """Title, issue, idea, and a row of two fields for each step. Nothing is required: it is kept as far as it is."""

    use_required_attribute = False
    title = forms.CharField(
        label=pgettext_lazy("project", "Title"),
        required=False,
        max_length=160,
        help_text=_("What will be different, in one line."),
    )
    issue = words(
        pgettext_lazy("project", "Issue"),
        required=False,
        rows=5,
        help_text=_("What goes wrong, for whom, how often. Where do you know it from?"),
    )
    idea = words(
        pgettext_lazy("project", "Idea"),
        required=False,
        rows=5,
        help_text=_("What you will do about it, and how one will see that it helped."),
    )

    def __init__(self, *args: Any, project: Project, steps: Iterable[Step], **kwargs: Any) -> None:
        there = list(steps)
        initial = {"title": project.title, "issue": project.issue, "idea": project.idea}
        for number, step in enumerate(there, 1):
            initial |= {f"step_{number}": step.title, f"due_{number}": step.due}  # type: ignore[dict-item]
        super().__init__(*args, **kwargs | {"initial": initial})
        self.rows = min(rules.MOST_STEPS, max(FEWEST, len(there) + SPARE, self._sent()))
        for number in range(1, self.rows + 1):
            label = _("Step %(n)d") % {"n": number}
            self.fields[f"step_{number}"] = forms.CharField(label=label, required=False, max_length=200)
            self.fields[f"due_{number}"] = day(_("Step %(n)d: until") % {"n": number}, required=False)

    def _sent(self) -> int:
        return max((n for n in range(1, rules.MOST_STEPS + 1) if self.data.get(f"step_{n}")), default=0)

    def pairs(self) -> Iterable[tuple[Any, Any]]:
        """The two fields of each step, for the template."""
        return [(self[f"step_{n}"], self[f"due_{n}"]) for n in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        """A step without a day is a wish."""
        for number in range(1, self.rows + 1):
            title, due = self.cleaned_data.get(f"step_{number}"), self.cleaned_data.get(f"due_{number}")
            if title and due is None and not self.has_error(f"due_{number}"):
                self.add_error(f"due_{number}", _("Say until which day."))
            if due and not title:
                self.add_error(f"step_{number}", _("Say what is done until then."))
        return self.cleaned_data

    @property
    def steps(self) -> list[PlannedStep]:
        """The rows that are filled in."""
        found = self.cleaned_data
        return [
            PlannedStep(found[f"step_{n}"], found[f"due_{n}"])
            for n in range(1, self.rows + 1)
            if found.get(f"step_{n}") and found.get(f"due_{n}")
        ]


class StepForm(Meanwhile):
    """A step is done."""

    note = words(
        pgettext_lazy("project", "What was done"), longest=2000, help_text=_("What was reached, and what was not.")
    )
    done_on = day(_("On which day"))
    proofs = FilesField(
        label=_("Proof"),
        required=False,
        help_text=_("Photos or PDFs that show it, up to four. No faces, no identity cards."),
        widget=Files(attrs={"accept": "image/*,application/pdf"}),
    )

    def __init__(self, *args: Any, step: Step, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"note": step.note, "done_on": step.done_on or today}})


class BareForm(forms.Form):
    """An act that needs no words."""


class WordsForm(forms.Form):
    """A word that must be there."""

    words = words(_("Your word"))


class AgreeForm(forms.Form):
    """A word that may be there."""

    words = words(_("A word on the way"), required=False)


class ResultForm(forms.Form):
    """What came of a project."""

    result = words(
        _("What came of it"),
        rows=6,
        help_text=_("Numbers before and after, if you have them. What did not work belongs here, too."),
    )


class ReviewForm(Meanwhile):
    """A mark for each criterion, and words."""

    def __init__(self, *args: Any, given: Mapping[str, str], said: str = "", **kwargs: Any) -> None:
        marks = {name: Decimal(value) for name, value in given.items()}
        super().__init__(*args, **kwargs | {"initial": {**marks, "words": said}})
        for criterion in Criterion:
            self.fields[criterion.value] = forms.DecimalField(
                label=CRITERIA[criterion.value],
                max_digits=5,
                decimal_places=2,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        self.fields["words"] = words(
            pgettext_lazy("project", "Why"), help_text=_("What is good, what would make it better.")
        )

    @property
    def marks(self) -> dict[str, Decimal]:
        """The marks by criterion."""
        return {criterion.value: self.cleaned_data[criterion.value] for criterion in Criterion}

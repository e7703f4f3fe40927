"""What makers of courses type. A form only parses: what may be done, the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.meanwhile import Meanwhile
from lingkar.foundation.ui.widgets import Select
from lingkar.grow.courses import rules
from lingkar.grow.courses.models import Course, CourseState, Lesson
from lingkar.grow.courses.services import CourseFacts, NewLesson
from lingkar.grow.courses.web.sentences import sentence


class CourseForm(forms.Form):
    """What is told about a course."""

    title = forms.CharField(label=pgettext_lazy("learning", "title"), max_length=160)
    summary = forms.CharField(
        label=_("what it is about"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    unit = forms.CharField(label=_("unit that owns it"), widget=Select())
    competency = forms.CharField(
        label=_("competency"), max_length=60, required=False, help_text=_("Its code in the dictionary of competencies.")
    )
    level = forms.IntegerField(
        label=_("level that it brings"), min_value=1, max_value=5, required=False,
        help_text=_("The level that the course brings, 1 to 5."),
    )  # fmt: skip
    review_on = forms.DateField(
        label=_("to be reviewed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.choices = list(units)
        self.known = {key for key, _name in self.fields["unit"].widget.choices}

    def clean_unit(self) -> str:
        """One of those that are offered."""
        unit: str = self.cleaned_data["unit"]
        if unit not in self.known:
            raise forms.ValidationError(_("Choose a unit of the list."))
        return unit

    @property
    def facts(self) -> CourseFacts:
        """What was typed, for the service."""
        return CourseFacts(**{name: self.cleaned_data[name] for name in CourseFacts.__dataclass_fields__})


class NewCourseForm(CourseForm):
    """A new course has a code, too."""

    code = forms.SlugField(
        label=_("code"), max_length=40,
        help_text=_("Small letters, digits and dashes. It stands in the address and never changes."),
    )  # fmt: skip
    field_order = ("title", "code")


def facts_of(course: Course) -> dict[str, Any]:
    """What a form of a course begins with."""
    names = ("title", "summary", "competency", "level", "review_on")
    return {name: getattr(course, name) for name in names} | {"unit": str(course.unit_id)}


class LessonForm(Meanwhile):
    """A lesson as it is written."""

    title = forms.CharField(label=pgettext_lazy("learning", "title"), max_length=160)
    minutes = forms.IntegerField(label=_("minutes"), min_value=1, max_value=rules.LONGEST_LESSON)
    words = forms.CharField(
        label=_("The lesson"), max_length=60_000, strip=False, widget=forms.Textarea(attrs={"rows": 24})
    )

    def clean_words(self) -> tuple[rules.Block, ...]:
        """The blocks; what cannot be read is said with its line."""
        try:
            return rules.written(self.cleaned_data["words"])
        except Refused as no:
            raise forms.ValidationError(sentence(no)) from no

    @property
    def lesson(self) -> NewLesson:
        """What was typed, for the service."""
        data = self.cleaned_data
        return NewLesson(data["title"], data["minutes"], data["words"])


def words_of(lesson: Lesson) -> dict[str, Any]:
    """What a form of a lesson begins with."""
    source = rules.source_of(rules.blocks_of(lesson.blocks))
    return {"title": lesson.title, "minutes": lesson.minutes, "words": source}


class MaterialForm(forms.Form):
    """A file of a course."""

    file = forms.FileField(
        label=_("file"), help_text=_("Picture, PDF, audio (MP3, M4A, OGG) or video (MP4, WebM), 15 MB at most.")
    )


class ShelfFilter(forms.Form):
    """The filter of the makers' list, as it stands in the address."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    keadaan = forms.CharField(label=_("State"), required=False, widget=Select())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keadaan"].widget.choices = [("", _("All")), *CourseState.choices]

    @property
    def chosen(self) -> dict[str, str]:
        """What stands in the address; what cannot be read is no filter."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}

"""What participants and mentors type."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.meanwhile import Meanwhile
from lingkar.foundation.ui.widgets import Select
from lingkar.grow.fieldwork import rules


class Files(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class Photos(forms.FileField):
    """Any number of files; whether they are photos is for the service to say, one by one."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":  # noqa: ARG002
        return [file for file in data or [] if isinstance(file, UploadedFile)]


class PhoneTime(forms.CharField):
    """A moment as a phone says it (ISO 8601 with zone). Nonsense counts as nothing said: nobody typed it."""

    def clean(self, value: Any) -> datetime | None:
        try:
            told = datetime.fromisoformat(str(value or "").replace("Z", "+00:00"))
            return told.astimezone(UTC) if told.tzinfo else None
        except (ValueError, OverflowError):
            return None


class EntryForm(forms.Form):
    """One entry. ``key`` is made by the page or the phone, so that sending it twice is sending it once."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("What did you see and learn today?"),
        help_text=_("Whom you met, what they said, what surprised you. No names of citizens."),
        required=False,
        max_length=rules.LONGEST + 1000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("Where?"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    photos = Photos(
        label=_("Photos"),
        help_text=_("Up to four. They are made smaller on the phone; the place and time stored inside are removed."),
        required=False,
        widget=Files(attrs={"accept": "image/*"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    phone_at = PhoneTime(required=False, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """A mentor's word."""

    words = forms.CharField(
        label=_("Your word"),
        help_text=_("What is good, what to look at next. The participant reads it."),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CaseForm(forms.Form):
    """Which case and which community."""

    case = forms.UUIDField(label=_("Case"), required=False, widget=forms.HiddenInput)
    picture = forms.UUIDField(label=_("Community"), required=False, widget=Select())


class PictureForm(Meanwhile):
    """One page on a village. Figures are typed one on a line, each with its source."""

    use_required_attribute = False
    place = forms.UUIDField(label=_("Village"), widget=Select())
    year = forms.IntegerField(label=_("Year of the figures"), min_value=2000, max_value=2100)
    lives = forms.CharField(
        label=_("Who lives there?"),
        help_text=_("Three or four sentences: households, work, who needs help. Nobody by name."),
        required=False,
        max_length=rules.LONGEST_TELLING,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    says = forms.CharField(
        label=_("What do they say?"),
        help_text=_("What you heard at the village office, at the clinic, at the neighbourhood meeting."),
        required=False,
        max_length=rules.LONGEST_TELLING,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    social = forms.CharField(label=_("Figures: people"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    economic = forms.CharField(label=_("Figures: livelihood"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    education = forms.CharField(label=_("Figures: schooling"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    voice = forms.BooleanField(
        label=_("Add what is counted here"),
        help_text=_("Reports from this village in twelve months, by subject. Small numbers are left out."),
        required=False,
        initial=True,
    )

    def figures(self) -> list[rules.Figure]:
        """The figures of every side. ``Refused`` for a line that cannot be read."""
        return [it for side in rules.TYPED for it in rules.read_figures(side, self.cleaned_data[side])]


class OwnCaseForm(forms.Form):
    """A case in the words of who teaches."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("As somebody told it, without names, numbers and addresses. What slips in is masked."),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    answer = forms.CharField(
        label=_("What was done?"),
        help_text=_("Leave it empty when participants should find out."),
        required=False,
        max_length=rules.LONGEST_TELLING,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    happened_on = forms.DateField(label=_("When?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    place_name = forms.CharField(label=_("Where?"), required=False, max_length=200)

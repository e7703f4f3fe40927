"""What people type. A form only parses: what may be done, the services decide."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.ui.widgets import Select
from lingkar.grow.programmes.models import CohortState, DutyKind, Standing
from lingkar.grow.programmes.rules import Scheme

ACCEPTED = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt"
Choices = Sequence[tuple[Any, Any]]
ANY: Choices = [("", pgettext_lazy("filter", "All"))]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _Filter(forms.Form):
    """A filter in the address: what is not understood is left out."""

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class CohortFilter(_Filter):
    """Which cohorts."""

    q = forms.CharField(label=_("Words of the title"), required=False)
    keadaan = forms.ChoiceField(label=_("State"), required=False, choices=[*ANY, *CohortState.choices], widget=Select)


class RosterFilter(_Filter):
    """Which participants."""

    q = forms.CharField(label=_("Name or NIP"), required=False)
    status = forms.ChoiceField(label=_("Standing"), required=False, choices=[*ANY, *Standing.choices], widget=Select)


class FactsForm(forms.Form):
    """What is told of a cohort, and may be told otherwise."""

    title = forms.CharField(label=pgettext_lazy("cohort", "Title"), max_length=160)
    seats = forms.IntegerField(label=pgettext_lazy("cohort", "Seats"), min_value=1, initial=52)
    first_day = forms.DateField(label=_("First day"), widget=_day())
    last_day = forms.DateField(label=_("Last day"), widget=_day())
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    service = forms.ChoiceField(
        label=_("Service to be bettered"), required=False, widget=Select,
        help_text=_("Its numbers are compared before and after, with units that were not trained."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "–"), *offered]


class CohortForm(FactsForm):
    """A cohort as it is prepared."""

    type = forms.ChoiceField(label=_("Kind of programme"), widget=Select)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Stands in its address: letters, digits and hyphens.")
    )
    field_order = ("type", "code")

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = kinds


class SubjectForm(forms.Form):
    """A subject with its hours."""

    part = forms.ChoiceField(label=_("Part"), widget=Select)
    title = forms.CharField(label=pgettext_lazy("programme", "Subject"), max_length=160)
    jp = forms.IntegerField(label=_("Hours (JP)"), min_value=1, max_value=200)
    unit = forms.ChoiceField(label=_("Office that made it"), required=False, widget=Select)
    course = forms.SlugField(label=_("Code of the course"), required=False)
    quiz = forms.SlugField(label=_("Code of the quiz"), required=False)

    def __init__(self, *args: Any, scheme: Scheme, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(part.code, part.name) for part in scheme.parts]
        for name, choices in (("part", parts), ("unit", [("", "–"), *units])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices


class SessionForm(forms.Form):
    """A session: day, hours, room, trainer."""

    subject = forms.ChoiceField(label=pgettext_lazy("programme", "Subject"), widget=Select)
    day = forms.DateField(label=_("Day"), widget=_day())
    start = forms.TimeField(label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}))
    room = forms.CharField(label=_("Room"), max_length=120, required=False)
    trainer = forms.CharField(label=_("NIP of the trainer"), max_length=30, required=False)

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subject"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = subjects

    def moments(self) -> tuple[datetime, datetime]:
        """When it begins and ends, in the agency's time."""
        day = self.cleaned_data["day"]
        start, end = (datetime.combine(day, self.cleaned_data[name]) for name in ("start", "end"))
        return timezone.make_aware(start), timezone.make_aware(end)


class DutyForm(forms.Form):
    """Somebody gets a duty for all of a cohort, or for one participant."""

    nip = forms.CharField(label=_("NIP"), max_length=30)
    kind = forms.ChoiceField(label=pgettext_lazy("duty", "Duty"), choices=DutyKind.choices, widget=Select)
    participant = forms.ChoiceField(label=_("For"), required=False, widget=Select)

    def __init__(self, *args: Any, participants: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["participant"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("All participants")), *participants]


class RosterForm(forms.Form):
    """A sheet with participants."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel, OpenDocument or CSV, as you have it: titles, numbering and signature may stay."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )


class AddForm(forms.Form):
    """One person to take into a cohort."""

    nip = forms.CharField(label=_("NIP"), max_length=30)


class ReasonForm(forms.Form):
    """Why somebody leaves."""

    leaves = forms.CharField(label=_("Why they leave"), max_length=300, required=False)


class MarkForm(forms.Form):
    """The marks of one participant by component, and why one changes."""

    def __init__(self, *args: Any, scheme: Scheme, allowed: Sequence[str], now: dict[str, Decimal], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for item in scheme.components:
            if item.code in allowed:
                self.fields[item.code] = forms.DecimalField(
                    label=item.name, required=False, initial=now.get(item.code), max_digits=12,
                    help_text=_("Weight %(weight)s of 100") % {"weight": f"{item.weight.normalize():f}"},
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), localize=True,
                )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("Why a mark changes"), max_length=300, required=False,
            help_text=_("Needed for a mark that stands already. It is kept and shown."),
        )  # fmt: skip


class WeightsForm(forms.Form):
    """What each component counts of 100."""

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in scheme.components:
            self.fields[item.code] = forms.DecimalField(
                label=item.name, initial=item.weight.normalize(), max_digits=5, decimal_places=2, localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )  # fmt: skip

    @property
    def weights(self) -> dict[str, Decimal]:
        return dict(self.cleaned_data)


class MeetingForm(forms.Form):
    """What the minutes say besides the decisions. ``number``: the meeting that the page was opened for."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    held_on = forms.DateField(label=_("Day of the meeting"), widget=_day())
    chair = forms.CharField(label=pgettext_lazy("meeting", "Led by"), max_length=150, required=False)
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    members = forms.CharField(
        label=_("Present"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    notes = forms.CharField(
        label=_("What was discussed"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    signer = forms.CharField(
        label=_("Who signs the certificates"),
        max_length=150,
        required=False,
        help_text=_("Name with degrees. Left empty, whoever led the meeting signs."),
    )
    signer_title = forms.CharField(label=_("Position of the signer"), max_length=150, required=False)


SCALE = [
    ("5", _("5 – very true")),
    ("4", "4"),
    ("3", "3"),
    ("2", "2"),
    ("1", _("1 – not true at all")),
]


class ReactionForm(forms.Form):
    """The questions at the end."""

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in scheme.questions:
            self.fields[item.code] = forms.ChoiceField(label=item.words, choices=SCALE, widget=forms.RadioSelect)
        self.fields["comment"] = forms.CharField(
            label=_("What should be better?"), max_length=1000, required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    @property
    def ratings(self) -> dict[str, int]:
        return {name: int(value) for name, value in self.cleaned_data.items() if name != "comment"}


class CodeForm(forms.Form):
    """The six letters under the QR."""

    code = forms.CharField(
        label=_("The code on the wall"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

"""What those who manage services type. A form only parses: what may be done, the services decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.directory.services import rules
from lingkar.directory.services.models import Need
from lingkar.directory.services.rules import Component, Standard
from lingkar.directory.services.web.sentences import sentence
from lingkar.directory.services.web.words import COMPONENTS, HINTS, range_typed, weekday
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.widgets import Select

Choices = Sequence[tuple[str, Any]]


class Lines(forms.CharField):
    """Several things, one on each line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), required=False, **options)

    def clean(self, value: Any) -> tuple[str, ...]:
        text = cast("str", super().clean(value))
        lines = (line.strip().lstrip("-•*").strip() for line in text.splitlines())
        return tuple(line for line in lines if line)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class Hours(forms.CharField):
    """The hours of one weekday, as people type them; empty is closed."""

    def clean(self, value: Any) -> tuple[rules.Range, ...]:
        try:
            return rules.parse_hours(cast("str", super().clean(value)))
        except Refused as no:
            raise forms.ValidationError(sentence(no)) from no

    def prepare_value(self, value: Any) -> Any:
        return range_typed(value) if isinstance(value, list | tuple) else value


def _text(component: Component, most: int = 2000, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=cast("Any", COMPONENTS[component]),
        help_text=cast("Any", HINTS[component]),
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _lines(component: Component) -> Lines:
    return Lines(label=COMPONENTS[component], help_text=HINTS[component])


def _line(label: Any, most: int, hint: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=most, **{"required": False} | options)


@dataclass(frozen=True)
class Group:
    """Fields that stand together on the page; ``is_open`` when something is wrong in one of them."""

    title: Promise
    fields: list[BoundField]
    hint: Promise | str = ""
    is_folded: bool = False

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.fields)


class StandardForm(forms.Form):
    """A draft: what people read, the 14 components, where and when.

    A draft needs a name and a unit alone. ``marks_required`` are the fields without which nothing is published.
    """

    marks_required = ("summary", "requirements", "steps", "product", "complaints")

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = _line(_("Name"), 160, _("As people would call it, not as the regulation does."), required=True)
    summary = _line(_("What it is for"), 400, _("One or two sentences: who needs it, and when."))
    unit = forms.UUIDField(label=_("Unit that serves"), widget=Select())
    need = forms.ChoiceField(label=_("What people come for"), choices=Need.choices, widget=Select())
    words = _line(_("Other words for it"), 400, _("Separated by commas, as people say and misspell it."))

    requirements = _lines(Component.REQUIREMENTS)
    steps = _lines(Component.PROCEDURE)
    working_days = forms.IntegerField(
        label=_("Working days"), required=False, min_value=0, max_value=365, help_text=_("0 is the same day.")
    )
    time_note = _line(_("About the time"), 300, HINTS[Component.TIME])
    cost = forms.IntegerField(
        label=_("Cost in rupiah"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=_("0 is free of charge. Leave it empty when it depends."),
    )
    cost_note = _line(_("About the cost"), 300, HINTS[Component.COST])
    product = _text(Component.PRODUCT, 1000, 2)
    complaints = _text(Component.COMPLAINTS)

    at_counter = _line(_("Address of the counter"), 300)
    online = forms.URLField(label=_("Address on the internet"), required=False, max_length=300, assume_scheme="https")
    by_phone = _line(_("Telephone or chat"), 100, _("A number of the office, never of a person."))
    mobile = _line(_("Mobile service"), 300, _("Where and when it comes by."))
    on_holidays = forms.BooleanField(label=_("Also open on holidays"), required=False)

    legal_basis = _lines(Component.LEGAL_BASIS)
    facilities = _text(Component.FACILITIES)
    competence = _text(Component.COMPETENCE)
    supervision = _text(Component.SUPERVISION)
    staff = forms.IntegerField(
        label=_("Number of staff"),
        help_text=_("How many people serve."),
        required=False,
        min_value=0,
        max_value=10_000,
    )
    guarantee = _text(Component.GUARANTEE)
    safety = _text(Component.SAFETY)
    evaluation = _text(Component.EVALUATION)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.choices = [("", "—"), *units]
        for day in rules.WEEKDAYS:
            self.fields[f"hours_{day}"] = Hours(label=weekday(int(day)), required=False, max_length=80)

    @property
    def standard(self) -> Standard:
        """What was typed, as data."""
        told = {name: self.cleaned_data[name] for name in rules.FIELDS if name in self.cleaned_data}
        hours = {day: self.cleaned_data[f"hours_{day}"] for day in rules.WEEKDAYS}
        return Standard(**told, hours={day: ranges for day, ranges in hours.items() if ranges})

    @property
    def groups(self) -> list[Group]:
        """The fields as the page shows them: what everybody reads first, then what may follow."""
        first = ("code",) if "code" in self.fields else ()
        return [
            self._group(_("What people look for"), (*first, "name", "summary", "unit", "need", "words")),
            self._group(_("What people read at the counter"), ("requirements", "steps", "product", "complaints")),
            self._group(
                _("Time and cost"),
                ("working_days", "time_note", "cost", "cost_note"),
                _("Of each a number or words, before it is published."),
            ),
            self._group(
                _("Where"),
                ("at_counter", "online", "by_phone", "mobile"),
                _("At least one way to reach the service, before it is published."),
            ),
            self._group(
                _("When"),
                (*(f"hours_{day}" for day in rules.WEEKDAYS), "on_holidays"),
                _("For a counter. Leave a day empty on which it is closed."),
            ),
            self._group(
                _("Behind the counter"),
                (
                    *("legal_basis", "facilities", "competence", "supervision"),
                    *("staff", "guarantee", "safety", "evaluation"),
                ),
                _("Eight components that may follow later. The catalogue says how many are missing."),
                is_folded=True,
            ),
        ]

    def _group(self, title: Any, names: tuple[str, ...], hint: Any = "", *, is_folded: bool = False) -> Group:
        return Group(title, [self[name] for name in names], hint, is_folded)


class NewServiceForm(StandardForm):
    """A service that is not there yet: its code, too."""

    code = _line(
        _("Code"), 40, _("Short, for the address and the QR code: ktp, akta-lahir. It never changes."), required=True
    )

    def clean_code(self) -> str:
        code = rules.code_from(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Use letters and digits."))
        return code


def form_of(standard: Standard, *, unit: Any) -> dict[str, Any]:
    """The first values of the form for a standard."""
    told = {name: getattr(standard, name) for name in rules.FIELDS if name != "hours"}
    hours = {f"hours_{day}": standard.hours.get(day, ()) for day in rules.WEEKDAYS}
    return told | hours | {"unit": str(unit)}


class Day(forms.DateField):
    """A day, picked from the calendar of the browser."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class PublishForm(forms.Form):
    """When the draft holds, and when somebody last looked at it as a whole."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    valid_from = Day(label=_("In force from"))
    reviewed_on = Day(label=_("Reviewed on"), help_text=_("The day on which the whole standard was looked at."))


class RetireForm(forms.Form):
    """When a service ends."""

    last_day = Day(label=_("Last day on which it is offered"))


class PledgeForm(forms.Form):
    """A unit's signed maklumat."""

    unit = forms.UUIDField(label=_("Unit"), widget=Select())
    statements = Lines(label=_("Statements"), help_text=_("Three, each on a line of its own, as they were signed."))
    signer = _line(_("Signed by"), 150, required=True)
    signer_title = _line(_("Position of the signer"), 200, required=True)
    signed_on = Day(label=_("Signed on"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.choices = [("", "—"), *units]


class MonthsForm(forms.Form):
    """How often a service was used in each of some months."""

    def __init__(self, *args: Any, months: Iterable[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month, label in months:
            self.fields[f"{month:%Y-%m}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=10_000_000
            )

    @property
    def counts(self) -> dict[date, int | None]:
        """Each month by its first day; None where nothing was typed."""
        return {date.fromisoformat(f"{name}-01"): count for name, count in self.cleaned_data.items()}


class PositionSearch(forms.Form):
    """Words of a position that is looked for, as they stand in the address."""

    marks_required = ("nothing",)

    cari = forms.CharField(
        label=_("Position or unit"),
        help_text=_("Words of the title or of the unit, such as: operator kependudukan."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    @property
    def words(self) -> str:
        """What is looked for."""
        self.is_valid()
        return str(self.cleaned_data.get("cari", ""))


class ShelfFilter(forms.Form):
    """The filter of the office's list, as it stands in the address."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    keadaan = forms.CharField(label=_("State"), required=False, widget=Select())

    def __init__(self, *args: Any, states: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keadaan"].widget.choices = [("", _("All")), *states]

    @property
    def chosen(self) -> dict[str, str]:
        """What stands in the address; what cannot be read is no filter."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}

"""Forms of units and positions."""

from datetime import date
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs import queries
from lingkar.directory.orgs.models import ECHELON, PositionKind, PositionLevel, UnitKind
from lingkar.directory.orgs.rules import COMPETENCIES, LEVELS
from lingkar.directory.orgs.services import Part
from lingkar.directory.orgs.web import competence
from lingkar.foundation.ui.widgets import Select


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class TreeForm(forms.Form):
    """Which units of which day are shown."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    jenis = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *UnitKind.choices], widget=Select
    )
    tanggal = forms.DateField(label=_("As on"), required=False, widget=DayInput())

    def __init__(self, asked: dict[str, Any]) -> None:
        super().__init__({name: value.replace("\0", "") for name, value in asked.items()})

    def day(self, today: date) -> date:
        """The day that is asked for; today where it is none."""
        return self._told().get("tanggal") or today

    def words(self) -> str:
        return str(self._told().get("q") or "")

    def kind(self) -> str:
        return str(self._told().get("jenis") or "")

    def _told(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day that must be given."""
    return forms.DateField(label=label, help_text=help_text, widget=DayInput())


class ActForm(forms.Form):
    """A change that is previewed before it is done."""

    def fingerprint(self) -> str:
        """What was asked for, in short: a preview of something else is none."""
        told = cast("QueryDict", self.data)
        asked = sorted((key, told.getlist(key)) for key in told if key not in OF_THE_PAGE)
        return sha256(repr(asked).encode()).hexdigest()[:20]


OF_THE_PAGE = {"csrfmiddlewaretoken", "seen", "sure"}
FROM_HELP = _("A day in the past or in the future. What is planned comes true on its day.")


class UnitForm(ActForm):
    """A new unit."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Letters, digits and -, such as dinkes. It never changes.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices, widget=Select)
    parent = forms.TypedChoiceField(label=_("Part of"), required=False, coerce=UUID, empty_value=None, widget=Select)
    valid_from = day_field(_("First day"), FROM_HELP)

    def __init__(self, data: Any, *, units: list[tuple[str, str]], top: bool, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["parent"].required = not top
        self.fields["parent"].choices = [*([("", _("(the agency itself)"))] if top else []), *units]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """The code, unless it is taken."""
        code = str(self.cleaned_data["code"])
        if queries.unit_coded(code):
            raise forms.ValidationError(_("This code is taken. Choose another one."))
        return code


class RenameForm(ActForm):
    """Another name or kind from a day on."""

    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices, widget=Select)
    on = day_field(_("In force from"), FROM_HELP)


class MoveForm(ActForm):
    """Another parent from a day on."""

    parent = forms.TypedChoiceField(label=_("New parent"), required=False, coerce=UUID, empty_value=None, widget=Select)
    on = day_field(_("In force from"), FROM_HELP)

    def __init__(self, data: Any, *, units: list[tuple[str, str]], top: bool, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["parent"].required = not top
        self.fields["parent"].choices = [*([("", _("(the agency itself)"))] if top else []), *units]  # type: ignore[attr-defined]


class MergeForm(ActForm):
    """In which unit this one, and others beside it, go on."""

    into = forms.TypedChoiceField(label=_("Goes on in"), coerce=UUID, widget=Select)
    others = forms.TypedMultipleChoiceField(
        label=_("Merged together with it"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Units beside this one that go on in the same unit."),
    )
    on = day_field(_("In force from"), FROM_HELP)

    def __init__(
        self, data: Any, *, units: list[tuple[str, str]], beside: list[tuple[str, str]], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["into"].choices = [("", _("Choose a unit")), *units]  # type: ignore[attr-defined]
        self.fields["others"].choices = beside  # type: ignore[attr-defined]
        if not beside:
            del self.fields["others"]


PARTS = (1, 2, 3)


class SplitForm(ActForm):
    """New units in which a unit goes on, and which of them takes what stands below it."""

    on = day_field(_("In force from"), FROM_HELP)

    def __init__(self, data: Any, *, below: list[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.below = below
        for number in PARTS:
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Name of part %(number)s") % {"number": number}, max_length=200, required=number == 1,
                help_text=_("The first part takes over what was left.") if number == 1 else "",
            )  # fmt: skip
            self.fields[f"code_{number}"] = forms.SlugField(
                label=_("Code of part %(number)s") % {"number": number}, max_length=40, required=number == 1
            )
        for unit, name in below:
            self.fields[f"takes_{unit}"] = forms.TypedChoiceField(
                label=_("%(unit)s goes to") % {"unit": name}, coerce=int, initial=1, widget=Select,
                choices=[(number, _("Part %(number)s") % {"number": number}) for number in PARTS],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A part has both a name and a code, and the code is free."""
        told = super().clean() or self.cleaned_data
        for number in PARTS:
            name, code = told.get(f"name_{number}"), told.get(f"code_{number}")
            if bool(name) != bool(code):
                self.add_error(f"code_{number}", _("A part needs a name and a code."))
            elif code and queries.unit_coded(code):
                self.add_error(f"code_{number}", _("This code is taken. Choose another one."))
        self._check_takers(told)
        return told

    def _check_takers(self, told: dict[str, Any]) -> None:
        for unit, _name in self.below:
            if not told.get(f"name_{told.get(f'takes_{unit}')}"):
                self.add_error(f"takes_{unit}", _("This part has no name yet. Choose another one."))

    def parts(self) -> tuple[Part, ...]:
        """The parts that were named."""
        told = self.cleaned_data
        return tuple(
            Part(
                code=told[f"code_{number}"],
                name=told[f"name_{number}"],
                takes=tuple(UUID(unit) for unit, _name in self.below if told[f"takes_{unit}"] == number),
            )
            for number in PARTS
            if told.get(f"code_{number}")
        )


class EndForm(ActForm):
    """The last day of a unit or a position."""

    last_day = day_field(_("Last day"), _("It still exists on this day."))


class SureForm(ActForm):
    """Nothing is asked but whether to go on."""


class PositionFacts(ActForm):
    """What is told of a position."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=PositionKind.choices, widget=Select)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("None")), *PositionLevel.choices], widget=Select,
        help_text=_("Of functional positions only."),
    )  # fmt: skip
    echelon = forms.RegexField(ECHELON, label=_("Echelon"), required=False, help_text=_("Such as II.b, or empty."))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=10_000, initial=1)
    leads = forms.BooleanField(label=_("Leads the unit"), required=False)

    def clean(self) -> dict[str, Any]:
        """A level is for functional positions, and a head has one seat."""
        told = super().clean() or self.cleaned_data
        if told.get("level") and told.get("kind") != PositionKind.FUNCTIONAL:
            self.add_error("level", _("Only functional positions have a level."))
        if told.get("leads") and told.get("seats", 1) > 1:
            self.add_error("seats", _("Who leads a unit is one person."))
        return told


class PositionForm(PositionFacts):
    """A new position."""

    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Letters, digits and -. It never changes."))
    valid_from = day_field(_("First day"), FROM_HELP)
    field_order = ("title", "code")

    def clean_code(self) -> str:
        """The code, unless it is taken."""
        code = str(self.cleaned_data["code"])
        if queries.position_coded(code):
            raise forms.ValidationError(_("This code is taken. Choose another one."))
        return code


class PositionChangeForm(PositionFacts):
    """What a position is from a day on."""

    valid_from = day_field(_("In force from"), FROM_HELP)


class ProfileForm(ActForm):
    """The level that each competency must have in a position from a day on: its own, or those of its group."""

    standard = forms.BooleanField(
        label=_("Follow the standard of its group"), required=False,
        help_text=_("Then the levels below do not count."),
    )  # fmt: skip
    valid_from = day_field(_("In force from"), FROM_HELP)

    def __init__(self, data: Any, *, seen: queries.PositionSeen, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for code in dict.fromkeys([*COMPETENCIES, *seen.profile]):
            self.fields[code] = forms.TypedChoiceField(
                label=_label(code), coerce=int, required=False, empty_value=None, widget=Select,
                initial=seen.profile.get(code), choices=_levels(code),
            )  # fmt: skip
        self.order_fields(["standard", *(code for code in self.fields if code not in ("standard", "valid_from"))])

    def clean(self) -> dict[str, Any]:
        """Its own profile names at least one level."""
        told = super().clean() or self.cleaned_data
        if not told.get("standard") and not self._levels(told):
            self.add_error("standard", _("Choose a level for at least one competency, or follow the standard."))
        return told

    def profile(self) -> dict[str, int] | None:
        """What was chosen; None: the standard of the group."""
        return None if self.cleaned_data["standard"] else self._levels(self.cleaned_data)

    def _levels(self, told: dict[str, Any]) -> dict[str, int]:
        return {code: told[code] for code in self.fields if isinstance(told.get(code), int) and code != "standard"}


def _label(code: str) -> Any:
    return competence.NAMES.get(code, code)


def _levels(code: str) -> list[tuple[int | str, Any]]:
    """Levels of a competency with what each asks for."""
    asks = competence.LEVELS.get(code)
    named = [(level, format_lazy("{} · {}", level, asks[level - 1]) if asks else level) for level in LEVELS]
    return [("", _("Not required")), *named]

"""Forms about people: which to list, what is told about one, where one works, how one leaves."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people import queries
from lingkar.directory.people.models import Account, PersonKind, Sex, Status
from lingkar.directory.people.rules import golongan
from lingkar.directory.people.services import PersonFacts
from lingkar.directory.people.web.forms import sign_in_name
from lingkar.directory.people.web.grant_forms import day_field
from lingkar.foundation.access import Actor
from lingkar.foundation.ui.widgets import Select

Choices = Sequence[tuple[str, Any]]
GRADES: Choices = [
    ("", _("All grades")),
    *((grade, f"{grade} · {rank}") for grade, rank in golongan.PNS.items()),
    *((grade, grade) for grade in golongan.PPPK),
]


def chosen_from(label: Any, choices: Choices, *, required: bool = False, **more: Any) -> forms.ChoiceField:
    """A select that is drawn in one go."""
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=Select(), **more)


class FilterForm(forms.Form):
    """Which people to list. Its names stand in the address; who keeps no records is offered name and unit only."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    unit = chosen_from(_("Unit"), [])
    jenis = chosen_from(pgettext_lazy("employment", "Kind"), [("", _("All kinds")), *PersonKind.choices])
    golongan = chosen_from(_("Grade"), GRADES)
    status = chosen_from(_("Status"), Status.choices, initial=Status.ACTIVE)

    def __init__(self, *args: Any, units: Choices, full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "saring_%s"})
        offer(self, "unit", [("", _("All units")), *units])
        if full:
            self.fields["q"].label = _("Name or NIP")
        else:
            for name in ("jenis", "golongan", "status"):
                del self.fields[name]

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for; what cannot be read is left out."""
        data = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return {name: str(value) for name, value in data.items() if value}


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Put choices into a select."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said to the type checker
    field.choices = list(choices)


class FactsForm(forms.Form):
    """What is told about somebody. ``services`` decides what is right; here are only the fields."""

    kind = chosen_from(
        pgettext_lazy("employment", "Kind"), [("", _("Choose a kind")), *PersonKind.choices], required=True
    )
    nip = forms.CharField(
        label="NIP", required=False, max_length=40, help_text=_("18 digits, spaces do not matter. Empty for outsiders.")
    )
    name = forms.CharField(label=_("Name with degrees"), max_length=200)
    birth_place = forms.CharField(label=_("Place of birth"), required=False, max_length=100)
    birth_date = day_field(label=_("Date of birth"), required=False, help_text=_("Empty: as the NIP tells it."))
    sex = chosen_from(_("Sex"), [("", _("As the NIP tells it")), *Sex.choices])
    golongan = chosen_from(_("Grade"), [("", _("None")), *GRADES[1:]])
    education = forms.CharField(
        label=_("Education"),
        required=False,
        max_length=150,
        help_text=_("The last one, such as S-1 Ilmu Administrasi."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("An invitation goes here."))
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30, widget=forms.TextInput({"type": "tel"}))
    institution = forms.CharField(
        label=_("Institution"), required=False, max_length=200, help_text=_("For people from outside.")
    )

    @property
    def facts(self) -> PersonFacts:
        """What was typed, as the services take it."""
        return PersonFacts(**{name: self.cleaned_data[name] for name in FactsForm.base_fields})


class AddForm(FactsForm):
    """Somebody new, and where they work."""

    unit = chosen_from(_("Unit"), [])
    title = forms.CharField(label=_("Title"), required=False, max_length=200, help_text=_("As the decree says it."))
    since = day_field(label=_("Works there since"), required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("No unit yet")), *units])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("unit") and not data.get("since") and "since" not in self.errors:
            self.add_error("since", _("From which day on does this person work there?"))
        return data

    @property
    def post(self) -> dict[str, Any]:
        """Unit, title and first day, where they were given."""
        data = self.cleaned_data
        return {"unit": UUID(data["unit"]), "title": data["title"], "since": data["since"]} if data["unit"] else {}


class EditForm(FactsForm):
    """What is told about somebody, with a mark of what was told when the form was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class UnitForm(forms.Form):
    """In which unit somebody works from now on."""

    unit = chosen_from(_("Unit"), [], required=True)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)


class MoveForm(forms.Form):
    """Where somebody works from a day on."""

    position = chosen_from(_("Position"), [], help_text=_("From the list of positions of this unit."))
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("Empty: the title of the position.")
    )
    since = day_field(label=_("First day"))
    until = day_field(label=_("Last day"), required=False, help_text=_("Leave empty when no end is known."))
    acting = forms.BooleanField(
        label=_("Acting duty (Plt., Plh.)"),
        required=False,
        help_text=_("Beside the main placement, which goes on."),
    )

    def __init__(self, *args: Any, positions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()
        offer(self, "position", [("", _("No position of the list")), *positions])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("position") and not data.get("title"):
            self.add_error("title", _("Choose a position, or write the title."))
        return data

    @property
    def post(self) -> dict[str, Any]:
        """What ``services.place`` asks for beside person and unit."""
        data = dict(self.cleaned_data)
        position, acting = data.pop("position"), data.pop("acting")
        return {**data, "position": UUID(position) if position else None, "is_main": not acting}


class LastDayForm(forms.Form):
    """When a placement ends."""

    last_day = day_field(label=_("Last day"), help_text=_("That day still counts."))


class LinkForm(forms.Form):
    """Which account is somebody's. Of somebody who has one nothing is asked: it is parted."""

    sure = forms.CharField(widget=forms.HiddenInput, required=False, initial="ya")
    name = forms.CharField(
        label=_("Account"),
        max_length=254,
        help_text=_("E-mail address or NIP with which the person signs in."),
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, by: Actor, held: Account | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.account: UUID | None = None
        if held:
            del self.fields["name"]

    def clean_name(self) -> str:
        name = sign_in_name(self.cleaned_data["name"])
        found = queries.account_to_grant(self.by, name)
        if found is None:
            raise forms.ValidationError(_("No account signs in with this. Check it, or open an account first."))
        self.account = found.pk
        return name


class StatusForm(forms.Form):
    """How somebody leaves, or comes back."""

    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, widget=forms.RadioSelect)
    on = day_field(label=_("From"), help_text=_("The first day of no longer serving, or of serving again."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


FIELDS = {
    "people.name_missing": "name",
    "people.golongan_of_other_kind": "golongan",
    "people.born_in_the_future": "birth_date",
    "people.email_is_none": "email",
    "people.phone_is_none": "phone",
    "people.kind_unknown": "kind",
    "people.unit_needed": "unit",
    "people.unit_unknown": "unit",
    "people.unit_ended": "since",
    "people.unit_not_begun": "since",
    "people.before_service": "since",
    "people.placed_then": "since",
    "people.ends_before_it_begins": "until",
    "people.position_elsewhere": "position",
    "people.position_ended": "position",
    "people.placement_already_ends": "last_day",
    "people.status_in_the_future": "on",
    "people.account_of_other": "name",
    "people.account_other_nip": "name",
    "people.account_closed": "name",
}
"""At which field a refusal is shown; every reason about a number stands at the number."""


def field_of(form: forms.Form, code: str) -> str | None:
    """The field of this form that a refusal is about; None: the form as a whole."""
    wanted = "nip" if code.startswith("people.nip_") else FIELDS.get(code, "")
    return wanted if wanted in form.fields else None

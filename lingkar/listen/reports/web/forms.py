"""What citizens fill in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lingkar.directory.places import queries as places
from lingkar.directory.services import queries as services
from lingkar.foundation.refusals.typed import tidy
from lingkar.foundation.ui.widgets import Select
from lingkar.listen.reports import queries

if TYPE_CHECKING:
    from lingkar.directory.services.models import Version

Choices = Sequence[tuple[str, Any]]


class Words(forms.CharField):
    """People's own words: what cannot be stored or seen is taken out, everything else stays as it was typed."""

    def to_python(self, value: Any) -> str:
        return cast("str", super().to_python(tidy(str(value or ""))))


class RowChoice(forms.TypedChoiceField):
    """A row by its id; nothing chosen is ``None``."""

    widget = Select

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **options)
        self.error_messages["invalid_choice"] = _("Choose one from the list.")

    def to_python(self, value: Any) -> str:
        return cast("str", super().to_python(tidy(str(value or ""))))


class Files(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class Photos(forms.FileField):
    """Any number of files; whether they are photos is for the service to say, one by one."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":  # noqa: ARG002
        return [file for file in data or [] if isinstance(file, UploadedFile)]


class Degrees(forms.FloatField):
    """A latitude or longitude in WGS 84. One that makes no sense counts as none: nobody typed it."""

    def __init__(self, most: int) -> None:
        super().__init__(required=False, min_value=-most, max_value=most, widget=forms.HiddenInput)

    def clean(self, value: Any) -> float | None:
        try:
            return cast("float | None", super().clean(value))
        except forms.ValidationError:
            return None


class CitizenForm(forms.Form):
    """Our own sentences say what is missing, so that no field is marked ``required`` in HTML.

    ``either`` names fields of which a rule needs one: they are drawn as needed, but not insisted on.
    """

    use_required_attribute = False
    either: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        for name in self.either:
            if self.has_error(name, "required"):
                del self.errors[name]
                self.cleaned_data[name] = self.fields[name].empty_value  # type: ignore[attr-defined]
        return self.cleaned_data


class WordsForm(CitizenForm):
    """Screen 1. ``drop`` is the button of a photo to take off, ``held`` how many photos the page showed."""

    either = ("text",)
    text = Words(
        label=_("What happened?"),
        help_text=_("What, since when, who is affected. Phone numbers and NIK are hidden for you."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    photos = Photos(
        label=_("Photos"),
        required=False,
        widget=Files(attrs={"accept": "image/*"}),
    )
    layanan = forms.CharField(label=_("About which service?"), required=False, max_length=60, widget=Select)
    drop = forms.UUIDField(required=False, widget=forms.HiddenInput)
    held = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: int, about: "Version | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if about:
            others = services.choices(day=timezone.localdate(), unit=about.unit)
            self.fields["layanan"].widget.choices = [*others, ("", _("About none of these"))]
            self.initial["layanan"] = about.service.code
        elif not self.is_bound:
            del self.fields["layanan"]
        many = ngettext("One photo.", "Up to %(most)s photos.", most) % {"most": most}
        harmless = _("The place and time stored inside them are removed.")
        self.fields["photos"].help_text = f"{many} {harmless}"


class WhereForm(CitizenForm):
    """Screen 2."""

    either = ("place",)
    place = RowChoice(label=_("Village (kelurahan or desa)"))
    location = Words(
        label=_("Landmark"),
        required=False,
        max_length=300,
        help_text=_("For example: in front of SDN 3, near the bridge."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    latitude = Degrees(90)
    longitude = Degrees(180)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("RowChoice", self.fields["place"])
        choice.choices = [("", _("Choose a village")), *places.choices()]

    def clean(self) -> dict[str, Any]:
        """Half a point is none."""
        super().clean()
        if self.cleaned_data["latitude"] is None or self.cleaned_data["longitude"] is None:
            self.cleaned_data |= {"latitude": None, "longitude": None}
        return self.cleaned_data


class CheckForm(CitizenForm):
    """Screen 3: the switches, and what somebody may want to change or add before sending."""

    category = RowChoice(label=_("Category"), required=False)
    anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_("Your name and contact are not stored. A lost code cannot be replaced."),
        widget=forms.CheckboxInput(attrs={"data-hides": "contact"}),
    )
    secret = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Officers read it. It never appears on a public page."),
    )
    name = Words(
        label=_("Name"), required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=200,
        help_text=_("We write when there is an answer. Never shown to the public."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    reported_unit = RowChoice(
        label=_("Which unit is it about?"),
        required=False,
        help_text=_("That unit will not be able to see this report."),
    )

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("RowChoice", self.fields["category"]).choices = [(str(row.id), row.name) for row in queries.categories()]
        cast("RowChoice", self.fields["reported_unit"]).choices = [("", _("I do not know")), *units]

    def clean(self) -> dict[str, Any]:
        """Who wants to be anonymous is not asked for a valid address, and what they typed goes no further."""
        super().clean()
        if self.cleaned_data.get("anonymous"):
            for field in ("name", "email"):
                self.errors.pop(field, None)
                self.cleaned_data[field] = ""
        return self.cleaned_data


class CodeForm(CitizenForm):
    """The code of a report."""

    code = Words(
        label=_("Code"),
        max_length=60,
        help_text=_("12 letters and digits, for example 7F3K‑9QTM‑X2AB."),
        error_messages={"required": _("Type the code that you got when you sent the report.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


RATINGS = (
    (5, _("Very good")),
    (4, _("Good")),
    (3, _("Fair")),
    (2, _("Poor")),
    (1, _("Very poor")),
)


class RatingForm(CitizenForm):
    """What an answer was worth."""

    rating = forms.TypedChoiceField(
        label=_("How was the answer?"),
        choices=RATINGS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    note = Words(label=_("What made it so?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(CitizenForm):
    """Why a case is not finished."""

    reason = Words(
        label=_("What is still not solved?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what is still not solved, so that the unit can act.")},
    )


class PublicFilter(CitizenForm):
    """The filter of the public list, as it stands in the address."""

    either = ("q", "kategori", "tempat")
    layanan = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    janji = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    q = Words(label=_("Search"), max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    kategori = RowChoice(label=_("Category"))
    tempat = RowChoice(label=_("Place"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(str(row.id), row.name) for row in queries.categories() if not row.is_sensitive]
        cast("RowChoice", self.fields["kategori"]).choices = [("", _("All")), *topics]
        cast("RowChoice", self.fields["tempat"]).choices = [("", _("All")), *_areas()]


def _areas() -> Choices:
    """Districts, each as a group of itself and its villages."""
    return [
        (
            top.name,
            [(str(top.id), _("All of %(place)s") % {"place": top.name}), *((str(v.id), v.name) for v in top.villages)],
        )
        for top in places.districts()
    ]

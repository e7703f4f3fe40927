"""What officers type. A form only parses: whether it may be done, the services decide."""

from collections.abc import Iterable
from typing import Any, TypeAlias
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.queries import UnitLine
from lingkar.foundation.ui.widgets import Select
from lingkar.listen.reports.models import Category, Report, RequestClass
from lingkar.listen.reports.queries import categories, units_to_refer, units_to_unseal
from lingkar.listen.reports.rules import tidy_terms

LONGEST = 5000
"""Characters of a note, a reply or an answer."""

Choices: TypeAlias = list[tuple[str, str]]
INDENT = "\u2003"


class Files(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads as a list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        rows = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(row, initial) for row in rows] or super().clean(None, initial) or []


class Words(forms.CharField):
    """A few sentences."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}), **options)


def _choices(form: forms.Form, name: str, rows: Choices, nothing: Any = "—") -> None:
    """What a select offers. It is a help, not a fence: an id from elsewhere is for the service to refuse."""
    form.fields[name].widget.choices = [("", nothing), *rows]


def in_tree(units: Iterable[UnitLine]) -> Choices:
    """Units for a select, lower ones set in by one em each level."""
    return [(str(unit.id), INDENT * (unit.path.count(".") - 1) + unit.name) for unit in units]


class ActForm(forms.Form):
    """One act on a case. ``seen`` is the revision of the case that the officer looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": f"{name}_%s"})

    def offer(self, report: Report, units: list[UnitLine]) -> None:
        """Fill in what may be chosen for this case."""

    @property
    def words(self) -> str:
        """Everything that was typed, so that it can be shown even where the form is no longer on offer."""
        names = [name for name, field in self.fields.items() if isinstance(field, forms.CharField)]
        typed = (str(self.data.get(name, "")).strip() for name in names)
        return "\n\n".join(filter(None, typed))

    def names_of_files(self) -> str:
        """Names of uploads, which a browser does not take back."""
        return ", ".join(file.name or "?" for file in self.files.getlist("proofs")) if self.files else ""


class BareForm(ActForm):
    """An act that needs no words."""


class NoteForm(ActForm):
    seen = None  # type: ignore[assignment]  # a note changes nothing that others may have seen
    note = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = Words(_("Internal note"), help_text=_("Only colleagues who handle this case read it."))


class ReplyForm(ActForm):
    text = Words(
        _("Your reply"),
        help_text=_("The reporter reads this at once. Say what you do, and when it is done."),
    )


class CloseForm(ActForm):
    text = Words(_("What was done"), help_text=_("In the reporter's words: what was wrong, what is right now."))
    proofs = FilesField(
        label=_("Proof"),
        help_text=_("At least one photo or PDF that shows the result. No faces, no identity cards."),
        error_messages={"required": _("Attach at least one photo or PDF: an answer is closed only with proof.")},
        widget=Files(attrs={"accept": "image/*,application/pdf"}),
    )


class HandOverForm(ActForm):
    to_agency = forms.CharField(label=_("Agency that must answer"), max_length=120)
    text = Words(
        _("How the reporter reaches it"),
        help_text=_("Address, opening hours or phone number, and what to bring. The reporter reads this."),
    )


class ReferForm(ActForm):
    to_unit = forms.UUIDField(label=_("Unit that must answer"), widget=Select())
    note = Words(_("Note for that unit"), required=False, help_text=_("Internal: the reporter does not read it."))

    def offer(self, report: Report, units: list[UnitLine]) -> None:
        _choices(self, "to_unit", in_tree(units_to_refer(report, units)))


class UnsealForm(ReferForm):
    note = Words(_("Why it is not sensitive"), help_text=_("Internal. It stays in the history of the case."))
    share_contact = forms.BooleanField(
        label=_("The unit may see the reporter's contact"),
        required=False,
        help_text=_("The reporter left it for a sealed case. They are told what you choose."),
    )

    def offer(self, report: Report, units: list[UnitLine]) -> None:
        _choices(self, "to_unit", in_tree(units_to_unseal(report, units)))


class RecategoriseForm(ActForm):
    category = forms.UUIDField(label=_("Category"), widget=Select())
    reason = Words(
        _("Why"),
        required=False,
        help_text=_("Needed when the promised date moves back: the reporter reads it, with the old and the new date."),
    )

    def offer(self, report: Report, units: list[UnitLine]) -> None:  # noqa: ARG002
        rows = [(str(row.id), row.name) for row in categories() if row.id != report.category_id]
        _choices(self, "category", rows)


class FilterForm(forms.Form):
    """What narrows the queue. Its names stand in the address."""

    tab = forms.CharField(widget=forms.HiddenInput, required=False)
    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    unit = forms.UUIDField(label=_("Unit"), required=False, widget=Select())
    kategori = forms.UUIDField(label=_("Category"), required=False, widget=Select())
    layanan = forms.UUIDField(label=_("Service"), required=False, widget=Select())

    def __init__(self, *args: Any, units: Choices, subjects: Choices, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "saring_%s"})
        for name, every, rows in (
            ("unit", _("All units"), units),
            ("kategori", _("All categories"), subjects),
            ("layanan", _("All services"), offered),
        ):
            _choices(self, name, rows, every)
            if len(rows) < 2:  # nothing to choose from
                del self.fields[name]

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters as ``queries.queue`` takes them. What cannot be read is left out."""
        data = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        named = {"unit": data.get("unit"), "category": data.get("kategori"), "service": data.get("layanan")}
        return named | {"text": data.get("q") or ""}


class CategoryForm(forms.Form):
    """A subject of reports."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As citizens would call it."))
    unit = forms.UUIDField(label=_("Unit that answers"), widget=Select())
    request_class = forms.ChoiceField(
        label=_("What it asks for"), choices=RequestClass.choices, help_text=_("It decides the promised dates.")
    )
    terms = Words(
        _("Words that propose it"),
        required=False,
        help_text=_("One word or phrase on each line, as people write it, slang and misspellings too."),
    )
    sensitive = forms.BooleanField(label=_("Sealed from the start"), required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "unit", units)

    def clean_terms(self) -> list[str]:
        return tidy_terms(self.cleaned_data["terms"].splitlines())


class NewCategoryForm(CategoryForm):
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Short and lasting, for exports: jalan, adminduk. It never changes."),
    )
    field_order = ("name", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["active"]


def form_of(category: Category) -> dict[str, Any]:
    """A category as its form shows it."""
    return {
        "name": category.name,
        "unit": category.unit_id,
        "request_class": category.request_class,
        "terms": "\n".join(category.terms),
        "sensitive": category.is_sensitive,
        "active": category.is_active,
    }

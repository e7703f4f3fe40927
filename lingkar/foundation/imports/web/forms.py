"""What somebody fills in to import."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.imports.registry import Importer
from lingkar.foundation.ui.widgets import Select

ACCEPTED = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt"


class SendForm(forms.Form):
    """A sheet, and what it is about."""

    kind = forms.ChoiceField(label=_("What is the file about?"), widget=Select)
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel, OpenDocument or CSV, at most 15 MB. Titles, a decree number and a signature may stay."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, kinds: Sequence[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        named = [(item.kind, item.label) for item in kinds]
        field.choices = named if len(named) == 1 else [("", _("Choose")), *named]


class ConfirmForm(forms.Form):
    """What to do with rows that are known and differ."""

    seen = forms.CharField(widget=forms.HiddenInput)
    changes = forms.ChoiceField(
        label=_("People or things that are known and differ"),
        choices=[("take", _("Take over what the file says")), ("leave", _("Leave them as they are"))],
        widget=forms.RadioSelect,
        initial="take",
        required=False,
    )

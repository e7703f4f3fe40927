"""What is typed and chosen on the pages of certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.ui.widgets import Select


class CodeForm(forms.Form):
    """The code of a certificate, as printed beside its QR code."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=40,
        help_text=_("Twelve letters and digits, such as 7F3K-9QTM-X2AB. They stand beside the QR code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class PaperFilter(forms.Form):
    """The filter of the list of certificates."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    keadaan = forms.CharField(label=_("State"), required=False, widget=Select())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valid = pgettext_lazy("certificate", "Valid")
        self.fields["keadaan"].widget.choices = [("", _("All")), ("valid", valid), ("revoked", _("Revoked"))]

    @property
    def chosen(self) -> dict[str, str]:
        """What stands in the address; what cannot be read is no filter."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class YearFilter(forms.Form):
    """Which year of the ledger is read."""

    tahun = forms.CharField(label=_("Year"), required=False, widget=Select())

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        self.fields["tahun"].widget.choices = [(str(year), str(year)) for year in range(this_year, this_year - 6, -1)]

    @property
    def year(self) -> int:
        """The year asked for; this one where it cannot be read."""
        self.is_valid()
        told = str(self.cleaned_data.get("tahun", ""))
        offered = {str(year): year for year in range(self.this_year, self.this_year - 6, -1)}
        return offered.get(told, self.this_year)


class RevokeForm(forms.Form):
    """Why a certificate does not hold any more."""

    reason = forms.CharField(
        label=_("Why it is revoked"),
        max_length=300,
        help_text=_("Everybody who checks the certificate reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

"""The filter of needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.widgets import Select


class NeedFilter(forms.Form):
    """Which service, which competency. What is unknown counts as everything."""

    layanan = forms.ChoiceField(label=_("Service"), required=False, widget=Select)
    kompetensi = forms.ChoiceField(label=_("Competency"), required=False, widget=Select)

    def __init__(self, *args: Any, services: list[tuple[str, str]], competencies: list[tuple[str, str]], **kw: Any):
        super().__init__(*args, **kw)
        self.fields["layanan"].choices = [("", _("All services")), *services]  # type: ignore[attr-defined]
        self.fields["kompetensi"].choices = [("", _("All competencies")), *competencies]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, "" for everything."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}

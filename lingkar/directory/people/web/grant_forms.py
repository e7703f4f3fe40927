"""Forms of the operator's pages."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.people import queries
from lingkar.directory.people.models import Role, is_nip
from lingkar.directory.people.web.forms import sign_in_name
from lingkar.foundation.access import Actor


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, with the phone's own picker."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class FilterForm(forms.Form):
    """Which grants to list."""

    q = forms.CharField(label=_("Name or NIP"), required=False, max_length=150)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    ended = forms.BooleanField(label=_("Also roles that are over"), required=False)


class GiveForm(forms.Form):
    """Who receives which role, where, from when to when."""

    person = forms.CharField(
        label=_("Whose role is it?"), help_text=_("E-mail address or NIP of the account."), max_length=254
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    unit = forms.ChoiceField(label=_("Unit"), help_text=_("The role reaches this unit and everything below it."))
    valid_from = day_field(label=_("First day"))
    valid_to = day_field(label=_("Last day"), required=False, help_text=_("Leave empty when no end is known."))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        today = timezone.localdate()
        self.fields["valid_from"].initial = today
        units = self.fields["unit"]
        assert isinstance(units, forms.ChoiceField)  # noqa: S101  # said to the type checker
        listed = queries.units_to_grant(by, day=today, whole=str(_("The whole agency")))
        units.choices = [("", _("Choose a unit")), *listed]

    def clean_person(self) -> Any:
        found = queries.account_to_grant(self.by, sign_in_name(self.cleaned_data["person"]))
        if found is None:
            raise forms.ValidationError(_("No account signs in with this. Check it, or open an account first."))
        return found.pk

    @property
    def chosen(self) -> dict[str, Any]:
        """What ``services.grant_role`` asks for."""
        data = dict(self.cleaned_data)
        return {"account": data.pop("person"), **data, "unit": None if data["unit"] == "all" else UUID(data["unit"])}


class EndForm(forms.Form):
    """When a role ends."""

    when = forms.ChoiceField(
        label=_("When does it end?"),
        choices=[("now", _("At once")), ("day", _("After a day"))],
        initial="day",
        widget=forms.RadioSelect,
    )
    last_day = day_field(
        label=_("Last day"), required=False, help_text=_("Only when the role ends after a day; that day still counts.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("when") == "day" and not data.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Which day is the last one?"))
        return data

    @property
    def end(self) -> date:
        """The last day of the role: the one chosen, or yesterday when it ends at once."""
        day: date = self.cleaned_data["last_day"]
        return day if self.cleaned_data["when"] == "day" else timezone.localdate() - timedelta(days=1)


class OpenForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As in the staff register, without titles."))
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link that sets the password goes here."))
    nip = forms.CharField(
        label="NIP", required=False, max_length=30, help_text=_("18 digits. Empty for somebody without a NIP.")
    )

    def clean_nip(self) -> str | None:
        nip = sign_in_name(self.cleaned_data["nip"])
        if nip:
            is_nip(nip)
        return nip or None

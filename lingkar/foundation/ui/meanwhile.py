"""Forms of long texts that somebody may write in two tabs: what was seen is sent along, what is newer is shown.

    class WriteForm(Meanwhile, forms.Form): ...

    form = WriteForm(request.POST or None, initial=…, mark=fingerprint(…))     # of what stands now
    try:
        services.write(…, seen=form.cleaned_data["seen"])
    except Refused as no:
        form.keep_both() if no.code == CHANGED else form.add_error(…)

The form then says so, keeps what was typed, and ``c-form`` shows beside it what stands now: ``newer``. Saved once more,
it replaces that knowingly (decision 0164).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lingkar.foundation.refusals.typed import trimmed


class Meanwhile(forms.Form):
    """A form that knows what stood when its page was opened; ``initial`` is what stands now, ``mark`` its print."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mark: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark = mark
        self.initial["seen"] = mark
        self.newer: list[tuple[str, str]] = []

    def keep_both(self, stands: Mapping[str, Any] | None = None, mark: str = "") -> None:
        """Say that other words stand by now; keep what was typed, show what stands. Saving again replaces it.

        ``stands`` and its ``mark``, where the form did not begin with them.
        """
        self.initial.update(stands or {})
        self.mark = mark or self.mark
        self.add_error(
            None,
            _(
                "This was changed after you opened it, perhaps in another tab. Yours is kept below and not saved yet:"
                " compare it with what stands now, then save again."
            ),
        )
        self.newer = [(str(capfirst(self.fields[name].label)), words) for name, words in self._other_words()]
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("seen")] = self.mark  # type: ignore[index]

    def _other_words(self) -> Iterator[tuple[str, str]]:
        """What stands in each field where something else was typed."""
        for name, field in self.fields.items():
            is_typed = isinstance(field, forms.CharField | forms.DateField | forms.DecimalField)
            if is_typed and not hasattr(field.widget, "choices") and name != "seen":
                stands = str(field.widget.format_value(self.initial.get(name)) or "")
                if trimmed(stands) != trimmed(str(self.data.get(self.add_prefix(name), ""))):
                    yield name, stands or "–"

"""What a form says of fields that are empty: their name, everywhere from one place."""

import pytest
from django import forms

from lingkar.foundation.ui.drawing.fields import faults, summed_up
from lingkar.foundation.ui.tests.test_elements import draw


class Everything(forms.Form):
    """A required field of each kind."""

    name = forms.CharField(label="nama lengkap")
    what = forms.CharField(label="Apa yang terjadi?")
    unit = forms.ChoiceField(label="Unit", choices=[("a", "A")])
    sheet = forms.FileField(label="Lembar")
    agree = forms.BooleanField(label="Setuju")
    proof = forms.CharField(label="Bukti", error_messages={"required": "Lampirkan satu foto."})
    year = forms.IntegerField(label="Tahun", max_value=2100)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", "Nama lengkap belum diisi."),
        ("what", "Belum dijawab: Apa yang terjadi?"),
        ("unit", "Unit belum dipilih."),
        ("sheet", "Lembar belum dipilih."),
        ("agree", "Setuju belum dicentang."),
    ],
)
def test_an_empty_field_is_named(field, words):
    form = Everything({})
    assert faults(form[field]) == [words]
    assert summed_up(form[field]) == [words], "said once, not with its name before it"


def test_another_fault_is_said_with_the_name_above_the_form_alone():
    form = Everything({"year": "3000"})
    assert faults(form["proof"]) == ["Lampirkan satu foto."]
    assert summed_up(form["proof"]) == ["Bukti – Lampirkan satu foto."]
    assert summed_up(form["year"])[0].startswith("Tahun – ")


def test_the_list_above_and_the_field_say_the_same():
    html = draw('<c-form :form="form"><c-field :field="form.name" /></c-form>', form=Everything({}))
    assert html.count("Nama lengkap belum diisi.") == 2
    assert "tidak boleh kosong" not in html

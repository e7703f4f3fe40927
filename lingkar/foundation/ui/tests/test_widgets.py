"""The select of the house says the same as Django's, only faster."""

import pytest
from django import forms
from django.test.html import parse_html

from lingkar.foundation.ui.widgets import Select

PLAIN = [("", "—"), ("a", "Antre & <b>"), ("b", "B")]
GROUPED = [("", "—"), ('Kecamatan "X"', [("1", "Satu"), ("2", "Dua")])]


@pytest.mark.parametrize("choices", [PLAIN, GROUPED])
@pytest.mark.parametrize("value", [None, "", "a", "2", "tidak-ada"])
def test_it_draws_what_django_draws(choices, value):
    attrs = {"id": "id_x", "aria-invalid": "true", "required": True}
    ours, theirs = (kind(choices=choices).render("x", value, attrs) for kind in (Select, forms.Select))
    assert parse_html(ours) == parse_html(theirs)

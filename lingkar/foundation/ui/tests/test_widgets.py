"""The select of the house says the same as Django's, only faster."""

import re
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from lingkar.foundation.ui.forms import Renderer
from lingkar.foundation.ui.widgets import Select

PLAIN = [("", "—"), ("a", "Antre & <b>"), ("b", "B")]
GROUPED = [("", "—"), ('Kecamatan "X"', [("1", "Satu"), ("2", "Dua")])]


NOTHING = [(None, "—"), (0, "Nol"), ("<&\"'>", "<&\"'>")]


@pytest.mark.parametrize("choices", [PLAIN, GROUPED, NOTHING])
@pytest.mark.parametrize("value", [None, "", "a", "2", "tidak-ada", 0, "<&\"'>"])
def test_it_draws_what_django_draws(choices, value):
    attrs = {"id": "id_x", "aria-invalid": "true", "required": True}
    ours, theirs = (kind(choices=choices).render("x", value, attrs) for kind in (Select, forms.Select))
    assert parse_html(ours) == parse_html(theirs)


CHOICES = [("a", "Antre & <b>"), ("b", mark_safe("<b>B</b>")), (3, gettext_lazy("Copied"))]
KINDS = [
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput, forms.HiddenInput),
    *(forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.Textarea, forms.CheckboxInput, forms.FileInput),
    *(forms.ClearableFileInput, forms.SearchInput, forms.TelInput, forms.ColorInput),
    *(partial(forms.RadioSelect, choices=CHOICES), partial(forms.CheckboxSelectMultiple, choices=CHOICES)),
    *(partial(forms.RadioSelect, choices=[("Kecamatan", CHOICES)]), partial(forms.Select, choices=CHOICES)),
    *(partial(forms.SelectMultiple, choices=CHOICES), forms.SplitDateTimeWidget),
]
VALUES = [None, "", "a", "<i>&\"'", mark_safe("<b>"), 3, True, date(2026, 11, 21), ["a", "3"], gettext_lazy("Copied")]
ATTRS = [
    {},
    {"id": "id_x", "required": True, "disabled": False, "data-x": "<&>", "rows": 4, "class": "a b", "aria-label": None},
    {"id": 'a"b', "placeholder": gettext_lazy("Copied"), "pattern": mark_safe("[&]")},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attrs", ATTRS)
def test_every_widget_is_drawn_as_its_template_draws_it(kind, attrs):
    for value in VALUES:
        ours, theirs = (_outcome(kind(attrs=attrs), value, renderer) for renderer in (Renderer(), TemplatesSetting()))
        assert ours == theirs


def test_a_file_that_is_there_is_drawn_with_its_name():
    there = SimpleNamespace(url="/a?b&c", __str__=lambda: "a")
    drawn = [_outcome(forms.ClearableFileInput(), there, renderer) for renderer in (Renderer(), TemplatesSetting())]
    assert drawn[0] == drawn[1]
    assert "/a?b&amp;c" in str(drawn[0])


def _outcome(widget: forms.Widget, value: Any, renderer: BaseRenderer) -> Any:
    try:
        return parse_html(widget.render("name<", value, {"id": "id_y"}, renderer))
    except (TypeError, ValueError, AttributeError) as fault:
        return type(fault)


class Asked(forms.Form):
    """One field of each way to be drawn."""

    name = forms.CharField(label="nama <b>", help_text="petunjuk & lain")
    told = forms.BooleanField(required=False)
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=CHOICES, required=False)
    key = forms.CharField(widget=forms.HiddenInput)


def test_a_field_is_drawn_with_label_hint_and_error():
    empty, sent = Asked(), Asked({"kind": "<x>"})
    name = str(empty["name"].as_field_group())
    assert '<label for="id_name">Nama &lt;b&gt;</label>' in name
    assert '<p class="hint" id="id_name_helptext">petunjuk &amp; lain</p>' in name
    assert 'aria-describedby="id_name_helptext id_name_error"' in sent["name"].as_field_group()
    assert 'id="id_name_error"' in sent["name"].as_field_group()
    assert str(empty["told"].as_field_group()).startswith('<div class="field tick">')
    kind = str(sent["kind"].as_field_group())
    assert kind.startswith('<fieldset class="field choices" aria-describedby="id_kind_error" aria-invalid="true">')
    assert '<span class="optional">(boleh dilewati)</span></legend>' in kind
    assert "&lt;x&gt;" in kind
    assert str(empty["key"].as_field_group()) == '<input type="hidden" name="key" id="id_key">'


def test_a_form_without_ids_names_none():
    drawn = "".join(str(field.as_field_group()) for field in Asked({"kind": "<x>"}, auto_id=False))
    assert " id=" not in drawn
    assert " for=" not in drawn
    assert "describedby" not in drawn
    assert "Nama &lt;b&gt;</label>" in drawn


EVIL = "<img src=x onerror=alert(1)>\"'&"


def test_hostile_labels_words_choices_and_values_stay_words():
    class Hostile(forms.Form):
        text = forms.CharField(label=EVIL, help_text=EVIL)
        pick = forms.ChoiceField(label=EVIL, choices=[(EVIL, EVIL)], widget=Select)
        many = forms.MultipleChoiceField(label=EVIL, choices=[(EVIL, EVIL)], widget=forms.CheckboxSelectMultiple)
        tick = forms.BooleanField(label=EVIL, help_text=EVIL)

        def clean_text(self) -> None:
            raise forms.ValidationError(self.data["text"])

    for form in (Hostile(), Hostile({"text": EVIL, "pick": EVIL, "many": [EVIL]}), Hostile({"pick": "x", "many": "x"})):
        assert "<img" not in "".join(str(field.as_field_group()) for field in form)
        for field in form:
            drawn = str(field.as_field_group())
            named = set(re.findall(r'describedby="([^"]*)"', drawn))
            assert {part for name in named for part in name.split()} <= set(re.findall(r' id="([^"]*)"', drawn))
            assert not field.errors or any(name.endswith("_error") for name in named)

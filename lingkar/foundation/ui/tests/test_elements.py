"""Each element draws what its contract says, and what people typed never becomes HTML."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from lingkar.foundation.ui.toasts import toast

EVIL = '"><script>alert(1)</script>'


class Example(forms.Form):
    name = forms.CharField(help_text="as on the card")
    story = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    unit = forms.ChoiceField(choices=[("a", "A")])
    photo = forms.FileField()
    anonymous = forms.BooleanField()
    token = forms.CharField(widget=forms.HiddenInput)


def draw(source: str, request=None, **variables) -> str:
    request = request or RequestFactory().get("/daftar/", {"q": "air", "halaman": "2"})
    context = RequestContext(request)
    context.update(variables)  # a page's own variables stand above those of context processors
    return compiled(source).render(context)


def compiled(source: str) -> Template:
    return Template(CottonCompiler().process(source))


TEMPLATES = [
    '<c-button label="{{ x }}" /><c-button href="{{ x }}" :label="x" icon="send" wide />',
    '<c-notice kind="bad" title="{{ x }}">{{ x }}</c-notice>',
    '<c-card href="/a" :title="x">{{ x }}</c-card>',
    '<c-doors><c-door href="/a" :title="x" :text="x" icon="search" /></c-doors>',
    '<c-stack gap="s"><c-cluster><c-badge kind="good">{{ x }}</c-badge></c-cluster></c-stack>',
    '<c-columns>{{ x }}<c-slot name="side">{{ x }}</c-slot></c-columns>',
    '<c-facts><c-fact :term="x">{{ x }}</c-fact></c-facts>',
    '<c-timeline><c-moment :title="x" :who="x" :when="x">{{ x }}</c-moment></c-timeline>',
    '<c-table :caption="x"><c-slot name="head"><tr><c-column number>{{ x }}</c-column></tr></c-slot>'
    '<c-slot name="body"><tr><c-cell :label="x" head>{{ x }}</c-cell><c-cell :label="x" number>1</c-cell></tr></c-slot>'
    "</c-table>",
    '<c-list><c-row href="/a" :title="x" :meta="x" kind="bad">{{ x }}</c-row></c-list>',
    '<c-empty :title="x" :text="x" icon="inbox"><c-button label="a" href="/" /></c-empty><c-empty :title="x" />',
    '<c-stat :label="x" :value="x" href="/a" kind="bad" />',
    '<c-progress value="3" max="9" :label="x" /><c-progress :label="x" />',
    '<c-ring share="0.5" :label="x" /><c-ring :share="half" :label="x">{{ x }}</c-ring>',
    '<c-steps :current="2" :total="3" :label="x" />',
    '<c-photo src="/a.jpg" :alt="x" href="/a" />',
    '<c-details :summary="x">{{ x }}</c-details>',
    '<c-slot-panel url="/a/" :title="x" />',
    "<c-quote>{{ x }}</c-quote><c-prose>{{ x }}</c-prose>",
    '<c-code :value="x" /><c-code>{{ x }}</c-code>',
    '<c-divider /><c-logo /><c-icon name="megaphone" />',
    '<c-button label="a" :hx-get="x" hx-target="#a" :data-x="x" />',
]


@pytest.mark.parametrize("source", TEMPLATES)
def test_words_of_people_are_escaped(source):
    html = draw(source, x=EVIL, half=0.5)
    assert "<script" not in html
    assert "&lt;script&gt;" in html or "x" not in source


def test_an_element_does_not_see_the_variables_of_the_page():
    assert "leak" not in draw("<c-notice>a</c-notice><c-door href='/' />", title="leak", text="leak", kind="leak")


def test_form_draws_every_kind_of_field_with_its_words_and_errors():
    form = Example({"name": "", "story": EVIL})
    html = draw(
        '<c-form :form="form" action="/a/" draft="lapor">{% for f in form.visible_fields %}'
        '<c-field :field="f" />{% endfor %}<c-switch :field="form.anonymous" hint="kept" /></c-form>',
        form=form,
    )
    assert 'enctype="multipart/form-data"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'href="#id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count('name="token"') == 1
    assert "&lt;script&gt;" in html
    assert 'role="switch"' in html
    assert 'id="id_anonymous_helptext">kept' in html


def test_a_search_form_carries_no_token():
    assert "csrfmiddlewaretoken" not in draw('<c-form method="get">a</c-form>')


def test_pages_keep_the_filter():
    html = draw('<c-pages :page="page" />', page=Paginator(range(50), 10).page(2))
    assert "?q=air&amp;halaman=3" in html
    assert "?q=air&amp;halaman=1" in html


def test_filters_offer_to_clear_what_is_set():
    assert "?semua" in draw("<c-filters><input name=q></c-filters>")


def test_elements_draw_without_a_request():
    assert compiled("<c-notice>a</c-notice>").render(Context({}))


def test_a_toast_travels_in_a_header():
    assert '"kind": "good"' in toast(HttpResponse(), "Tersimpan")["HX-Trigger"]

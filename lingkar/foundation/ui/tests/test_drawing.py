"""What is drawn in fewer steps says what Django and django-cotton say."""

import copy
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import VariableDoesNotExist
from django.template.engine import Engine
from django.test import RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from django_cotton.compiler_regex import CottonCompiler

from lingkar.foundation.ui.drawing.folding import PROVIDED
from lingkar.foundation.ui.drawing.swift import SwiftTemplate
from lingkar.foundation.ui.tests.test_elements import EVIL, TEMPLATES, Example
from lingkar.foundation.ui.web.gallery import MOMENT, Sample


@pytest.fixture
def theirs(settings):
    """Draws with Django's own templates and django-cotton's own tags."""

    def draw(source: str, **names: Any) -> str:
        before = settings.TEMPLATES
        one = copy.deepcopy(before)
        options = one[0]["OPTIONS"]
        options["loaders"] = [
            (
                "django.template.loaders.cached.Loader",
                ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
            )
        ]
        options["builtins"].append("django_cotton.templatetags.cotton")
        settings.TEMPLATES = one
        try:
            return _drawn(Template, source, names)
        finally:
            settings.TEMPLATES = before

    return draw


def drawn(source: str, **names: Any) -> str:
    """Draws with ours."""
    return _drawn(SwiftTemplate, source, names)


def _drawn(read_as: type[Template], source: str, names: dict[str, Any]) -> str:
    """A page of this source, twice: what is drawn beforehand must not change on the way."""
    template = read_as(CottonCompiler().process(source), engine=Engine.get_default())
    first, second = (TOKEN.sub("token", template.render(_context(names))) for _ in range(2))
    assert first == second
    return first


TOKEN = re.compile(r'(?<=csrfmiddlewaretoken" value=")\w+')


def _context(names: dict[str, Any]) -> Any:
    request = RequestFactory().get("/daftar/", {"q": "air", "halaman": "2"})
    request.META["CSRF_COOKIE"], request.META["CSRF_COOKIE_NEEDS_UPDATE"] = "a" * 32, False
    context = RequestContext(request)
    context.update(names | {name: Example(value.data) for name, value in names.items() if isinstance(value, Example)})
    return context


class Loud:
    """Something with a method, a property that fails, and words of its own."""

    def __str__(self) -> str:
        return f"<{EVIL}>"

    def said(self) -> str:
        return "said & done"

    def erase(self) -> str:
        raise AssertionError

    erase.alters_data = True  # type: ignore[attr-defined]

    def needs(self, more: str) -> str:
        return more

    @property
    def broken(self) -> str:
        raise KeyError("no")

    @property
    def silent(self) -> str:
        fault = ValueError("no")
        fault.silent_variable_failure = True  # type: ignore[attr-defined]
        raise fault


NAMES: dict[str, Any] = {
    "x": EVIL,
    "safe": mark_safe("<b>ok</b>"),
    "lazy": gettext_lazy("Copied"),
    "object": SimpleLazyObject(lambda: EVIL),
    "number": 1234,
    "yes": True,
    "share": 0.5,
    "money": Decimal("1250.5"),
    "day": date(2026, 11, 21),
    "moment": MOMENT,
    "empty": "",
    "none": None,
    "loud": Loud(),
    "rows": [{"title": "a<", "words": ["x", EVIL], "items": 3}, {"title": "b", "words": []}],
    "pairs": {"one": 1, "two": "&"},
    "row": SimpleNamespace(title="t", kind="bad", badges=[SimpleNamespace(kind="bad", icon="clock", words="<late>")]),
    "form": Example({"name": "", "story": EVIL}),
    "page": Paginator(range(90), 10).page(2),
    "title": "the page's own title",
    "kind": "bad",
    "slot": "the page's own slot",
    "label": "the page's own label",
    "icon": "send",
    "href": None,
    "half": 0.5,
}
LOOKED_UP = [
    *("x", "safe", "lazy", "object", "number", "yes", "share", "money", "day", "moment", "empty", "none", "loud"),
    *("loud.said", "loud.erase", "loud.needs", "loud.silent", "rows.0.title", "rows.1.words", "rows.0.items"),
    *("pairs.items", "pairs.one.two", "row.title", "form.name.value", "form.name.label", "form.errors", "None"),
    *("page.has_next", "nothing", "nothing.more", "x.y", "rows.7", "rows.x", "page.9", "True", "request.path"),
    *("form.name.0.data", "forloop", "number.real"),
]
SOURCES = [
    *TEMPLATES,
    # values of every kind, and names that lead nowhere
    *[f"{{{{ {name} }}}}" for name in LOOKED_UP],
    "{{ x|default:'a' }}{{ nothing|default:x }}{{ x|default:'B'|lower }}{{ money|number:2 }}{{ moment|when }}",
    "{% autoescape off %}{{ x }}<c-badge>{{ x }}</c-badge><c-card :title='x' />{% endautoescape %}",
    "{% if loud.silent or rows.0.words and not nothing %}a{% elif x == 'b' %}b{% else %}c{% endif %}",
    "{% if number > 1000 and row.kind in kind %}{{ number }}{% endif %}{% if nothing.more is None %}none{% endif %}",
    "{% for row in rows %}{{ forloop.counter }}{% for w in row.words %}{{ forloop.parentloop.counter }}{{ w }}"
    "{% empty %}-{% endfor %}{% cycle 'a' 'b' %}{% endfor %}{% for k, v in pairs.items %}{{ k }}={{ v }}{% endfor %}",
    "{% with a=x b=row.title %}{{ a }}{{ b }}<c-badge>{{ a }}</c-badge>{% endwith %}{{ a }}",
    "{% translate 'Copied' %}{% translate 'Copied' as c %}{{ c }}",
    "{% translate title %}{% translate 'May' context 'x' %}{% translate x noop %}",
    "{% blocktranslate trimmed %}Copied{% endblocktranslate %}{% blocktranslate %}100 % {{ x }}{% endblocktranslate %}",
    "{% blocktranslate count n=number %}{{ n }} one{% plural %}{{ n }} many{% endblocktranslate %}",
    "{% url 'home' %}{% url 'home' as there %}{{ there }}{% url 'nowhere' as gone %}[{{ gone }}]",
    "{% static 'ui/ui.css' %}",
    # what an element is given
    "<c-row :title='row.title' :kind='row.kind' :badges='row.badges' :href='nothing' />",
    "<c-row title='{{ x }}' meta='{{ number }} {% translate \"Copied\" %}' href='/{{ number }}/'>{{ x }}</c-row>",
    "<c-row title='a' /><c-row :title='none' :meta='empty' :badges='empty' />",
    "{% for row in rows %}<c-row :title='row.title' :meta='row.meta'>{% for w in row.words %}<c-badge>{{ w }}"
    "</c-badge>{% endfor %}</c-row>{% endfor %}",
    "<c-button :label='x' :icon='icon' :href='href' :wide='yes' /><c-button label='a' disabled :aria-busy='yes' />",
    "<c-button label='a' :data-x='nothing' :hx-get='none' />",
    "<c-button label='a' data-n='{{ number }}' :data-m='number' :aria-hidden='share' />",
    "<c-button label='a' href='' /><c-button label='a' :href='empty' /><c-button label='a' :href='None' />",
    "<c-button :label='lazy' name='a' :value='number' type='button' variant='{{ kind }}' />",
    "<c-steps :current='2' :total='number' label='{% translate \"Copied\" %}' /><c-steps current='1' total='3' />",
    "<c-tab href='a' label='b' count='0' /><c-tab :count='0' /><c-tab :count='number' here='1' /><c-tab :here='yes' />",
    "<c-progress value='' max='9' label='a' /><c-progress :value='number' :max='none' :label='x' />",
    "<c-notice kind='{{ kind }}'>{{ x }}</c-notice><c-notice :kind='kind' :title='title' /><c-notice kind='warn' />",
    "<c-icon :name='icon' /><c-icon name='{{ icon }}' /><c-empty :icon='icon' title='a' text='{{ x }}' />",
    "<c-ring :share='half' label='a' /><c-ring share='1' :label='x' /><c-trouble :share='half' :kept='x'>a</c-trouble>",
    "<c-cell label=number head>{{ x }}</c-cell><c-cell label=plain number>1</c-cell><c-codes :codes='rows.0.words' />",
    # slots
    "<c-columns> a {{ x }}<c-slot name='side'><c-card title='b'>{{ kind }}</c-card></c-slot> c </c-columns>",
    "<c-columns><c-slot name='main'>{{ x }}</c-slot><c-slot name='side'>s</c-slot></c-columns>",
    "<c-columns>a</c-columns>",
    "<c-table :caption='x'><c-slot name='head'><tr></tr></c-slot>{% for r in rows %}<c-cell :label='r.title'>"
    "{{ r.title }}</c-cell>{% endfor %}</c-table>",
    "<c-card title='a'>{% if nothing %}b{% endif %}</c-card><c-row title='a'>{% if nothing %}b{% endif %}</c-row>",
    "<c-row title='a'> </c-row><c-row title='a'></c-row><c-ring share='0' label='b'>{{ empty }}</c-ring>",
    "<c-photo src='/a' alt='b'>{{ empty }}</c-photo><c-photo src='/a' :alt='x' :href='x'>c</c-photo>",
    "<c-stack gap='l'><c-stack><c-cluster id='a'><c-badge :kind='kind'>{{ x }}</c-badge></c-cluster>"
    "</c-stack></c-stack>",
    "<c-details :summary='x' icon='tag'>{% cycle 'a' 'b' %}<c-words>{{ x }}</c-words></c-details>",
    "<c-moment :who='x' :when='moment' internal='1' title='a'><c-quote>{{ x }}</c-quote></c-moment><c-moment />",
    # what an element knows without being given it
    "<c-language /><c-pages :page='page' /><c-filters label='a'><input></c-filters><c-logo /><c-divider />",
    "<c-form :form='form' draft='a' draft_unless='b' id='c'>{% for f in form.visible_fields %}<c-field :field='f' "
    ":hint='x' />{% endfor %}<c-switch :field='form.anonymous' /></c-form><c-form method='get'>{{ x }}</c-form>",
    "<c-door href='/' :title='x' :text='x' icon='search'>{{ x }}</c-door><c-doors>a</c-doors><c-code :value='x' />",
    "{{ title }}<c-card>{{ title }}</c-card><c-fact :term='title'>{{ label }}</c-fact>{{ title }}{{ slot }}",
    "<c-stat :label='x' :value='number' /><c-stat label='a' value='1' href='/'>{{ x }}</c-stat>",
    "{% with x='inner' %}<c-card :title='x'>{{ x }}<c-badge>{{ x }}</c-badge></c-card>{% endwith %}{{ x }}",
]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_says_the_same(source, language, theirs):
    with translation.override(language):
        assert drawn(source, **NAMES) == theirs(source, **NAMES)


@pytest.mark.parametrize("source", SOURCES)
def test_a_page_without_its_names_says_the_same(source, theirs):
    assert _outcome(drawn, source) == _outcome(theirs, source)


def _outcome(draw: Callable[..., str], source: str) -> str | type[Exception]:
    try:
        return draw(source)
    except (KeyError, ValueError, TypeError, AttributeError, TemplateSyntaxError, VariableDoesNotExist) as fault:
        return type(fault)


@pytest.mark.parametrize("layout", ["ui/office.html", "ui/citizen.html"])
@pytest.mark.parametrize("given", [None, {"place": "Loket 3"}])
def test_the_gallery_looks_the_same(layout, given, theirs):
    source = Engine.get_default().get_template("ui/gallery.html").source
    source = str(source).replace("{% extends layout %}", f'{{% extends "{layout}" %}}')
    names = {"form": Sample(given), "moment": MOMENT, "big": 1284, "codes": ["7F3K", "X2AB"], "page": NAMES["page"]}
    assert drawn(source, **names) == theirs(source, **names)


@pytest.mark.parametrize("draws", ["ours", "theirs"])
@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("{{ loud.broken }}", KeyError),
        ("<c-card :title='loud.broken' />", KeyError),
        ("<c-nowhere />", TemplateDoesNotExist),
    ],
)
def test_a_fault_is_the_same_fault(source, fault, draws, theirs):
    with pytest.raises(fault):
        (drawn if draws == "ours" else theirs)(source, **NAMES)


REFUSED = ["<c-card :attrs='pairs' />", "<c-component is='card' />", "{% if x %}<c-slot name='a'></c-slot>{% endif %}"]


@pytest.mark.parametrize("source", REFUSED)
def test_what_elements_do_not_know_is_refused(source):
    with pytest.raises(TemplateSyntaxError):
        drawn(f"<c-card>{source}</c-card>", **NAMES)


def test_one_page_in_two_languages():
    template = SwiftTemplate(CottonCompiler().process("{% translate 'Copied' %}<c-code value='a' />"))
    said = []
    for language in ("id", "en", "id"):
        with translation.override(language):
            said.append(template.render(_context({})))
    assert said[0] == said[2] != said[1]


def test_every_name_of_a_context_processor_may_change():
    """Else an element would be drawn beforehand without it."""
    context = _context({})
    with context.bind_template(Template("")):
        assert context.dicts[context._processors_index].keys() <= PROVIDED

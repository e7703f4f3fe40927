"""Tags and filters every template knows (they are builtins: no ``{% load %}``)."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.base import Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from lingkar.foundation.ui import navigation, ring, slots, words
from lingkar.foundation.ui.drawing import elements, filled, still
from lingkar.foundation.ui.drawing.fields import summed_up
from lingkar.foundation.ui.drawing.folding import Given, Scope, pure

register = template.Library()
register.tag("cotton", elements.element)
register.tag("cotton:slot", elements.slot)
register.tag("translate", still.translate)
register.tag("blocktranslate", filled.block_translate)
register.tag("url", filled.address)
register.tag("csrf_token", filled.proof)
register.tag("static", still.static)

register.filter(words.day)
register.filter(words.days)
register.filter(words.when)
register.filter(words.number)

PASSED_ON = ("hx-", "data-", "aria-")
PASSED_ON_EXACTLY = frozenset({"id", "form", "rel", "target", "download", "autofocus", "accesskey", "disabled"})


@register.simple_tag(takes_context=True)
def part(context: Context, name: str) -> SafeString:
    """What a page wrote in its block ``name``, once more, without outer spaces; "" when it wrote nothing."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks and blocks.get_block(name)
    return mark_safe(block.render(context).strip()) if block else SafeString("")  # noqa: S308  # already escaped


@register.tag("passed_on")
def do_passed_on(parser: Parser, token: Token) -> "PassedOn":  # noqa: ARG001
    """``{% passed_on attrs %}``: the attributes that an element hands to its HTML tag."""
    return PassedOn()


class PassedOn(Node):
    """``hx-*``, ``data-*``, ``aria-*`` and a few more of an element's attributes, escaped."""

    def render(self, context: Context) -> SafeString:
        return passed_on(context["attrs"])

    def names(self) -> set[str]:
        return {"attrs"}

    def folded(self, scope: Scope) -> list[Node]:
        """Nothing is left to draw when no attribute that can change is one that is handed on."""
        given = scope.attrs or Given({}, frozenset({"data-"}))
        return [self] if any(map(_is_named, given.open)) else [TextNode(passed_on(given.known))]


def passed_on(attrs: Mapping[str, Any]) -> SafeString:
    """Those of ``attrs`` that reach the HTML tag, as they stand there."""
    kept = ((k, "" if v is True else v) for k, v in attrs.items() if _is_passed_on(k, v))
    return format_html_join("", ' {}="{}"', kept)


def _is_passed_on(key: str, value: object) -> bool:
    return _is_named(key) and value is not False and isinstance(value, str | int)


def _is_named(key: str) -> bool:
    return key.startswith(PASSED_ON) or key in PASSED_ON_EXACTLY


@cache
def _icons() -> dict[str, SafeString]:
    sheet = (Path(__file__).resolve().parent.parent / "icons.svg").read_text()
    return {name: mark_safe(body) for name, body in re.findall(r'<symbol id="([^"]+)">(.*?)</symbol>', sheet)}  # noqa: S308


@register.simple_tag
@pure
def icon_lines(name: str) -> SafeString:
    """The drawing of an icon. An unknown name raises ``KeyError``: a fault of the template."""
    return _icons()[name]


@register.simple_tag
@pure
def ovals(share: float | str = 1) -> SafeString:
    """The kawung ring with the first ``share`` (0 to 1) of its ovals closed."""
    return ring.ovals(float(share))


@register.filter
def faults(field: BoundField) -> list[str]:
    """What is wrong with a field, each naming it: for the list above a form."""
    return summed_up(field)


@register.simple_tag
def field_group(field: BoundField, hint: str = "", *, switch: bool = False) -> SafeString:
    """A form field with label, hint, widget and errors. ``hint`` takes the place of the field's help text."""
    if hint:
        field.help_text = hint
    if switch:
        field.field.widget.attrs["role"] = "switch"
    return field.as_field_group()


@register.simple_tag
def chosen_in(form: BaseForm | str | None) -> int:
    """How many visible fields of a filter hold something."""
    fields = form.visible_fields() if isinstance(form, BaseForm) else []
    return sum(field.value() not in (None, "", []) for field in fields)


@register.inclusion_tag("ui/panels.html", takes_context=True)
def slot(context: Context, name: str, subject: object | None = None) -> dict[str, Any]:
    """Panels that upper modules registered for the slot ``name``, each loaded lazily."""
    found = slots.panels(name, context.get("actor"))
    return {"panels": [{"title": panel.title, "url": panel.url(subject)} for panel in found]}


@register.simple_tag
def doors(name: str, subject: object | None = None) -> list[dict[str, Any]]:
    """Links that upper modules registered for the slot ``name``: label, icon and address."""
    return [{"label": d.label, "icon": d.icon, "url": d.url(subject)} for d in slots.doors(name)]


@register.simple_tag
def search_place() -> navigation.SearchPlace | None:
    """Where the search box of a page leads."""
    return navigation.search_place()


@register.simple_tag(takes_context=True)
def account_links(context: Context) -> SafeString:
    """Links of the menu under the name of whoever looks, the current page's marked."""
    return navigation.account_links(context["actor"], context["request"].path)


@register.simple_tag(takes_context=True, name="navigation")
def office_navigation(context: Context) -> SafeString:
    """The office's navigation for whoever looks, the current page's section marked."""
    return navigation.navigation(context["actor"], context["request"].path)

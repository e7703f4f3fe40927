"""``<c-name …>``: an element, drawn from ``templates/elements/name.html``.

django-cotton's compiler turns the tags of a template into ``{% cotton name … %}`` and ``{% cotton:slot name %}``; its
parser reads the attributes. What is drawn, and when, is decided here: see ``folding``. The meaning is cotton's, with
``COTTON_ISOLATE_BY_DEFAULT``: a test draws every element with both.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.base import (
    UNKNOWN_SOURCE,
    Lexer,
    Node,
    NodeList,
    Origin,
    Parser,
    TextNode,
    Token,
    VariableDoesNotExist,
    VariableNode,
)
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django_cotton.tag_parser import parse_component_tag
from django_cotton.templatetags import strip_quotes_with_status

from lingkar.foundation.ui.drawing.folding import Given, Scope, fold, like, names_of, names_of_all
from lingkar.foundation.ui.drawing.still import is_still, joined
from lingkar.foundation.ui.drawing.swift import SwiftParser, SwiftVariable

MISSING = object()
ASSIGNS = ("asvar", "target_var", "variable", "var_name")
"""Where nodes of Django keep the name that they set (``{% … as name %}``)."""


@dataclass(frozen=True)
class Words:
    """An attribute with ``{{ … }}`` in it: text, drawn where the element is written."""

    nodes: NodeList
    is_literal: bool = False

    def value(self, context: Context) -> Any:
        words = self.nodes.render(context)
        return _literal(words, words) if self.is_literal else words

    def folded(self, scope: Scope) -> "Words":
        return Words(fold(self.nodes, scope), self.is_literal)

    def names(self) -> set[str] | None:
        return names_of_all(self.nodes)


@dataclass(frozen=True)
class Value:
    """An attribute that passes a value of the page: ``:name="expression"``."""

    variable: SwiftVariable
    otherwise: Any = MISSING

    def value(self, context: Context) -> Any:
        try:
            return self.variable.resolve(context)
        except VariableDoesNotExist:
            return self.otherwise

    def folded(self, scope: Scope) -> Any:
        return self.value(scope.context()) if scope.knows(self.names()) else self

    def names(self) -> set[str] | None:
        return {self.variable.first}


Open = (Words, Value)


class ElementNode(Node):
    """One element where it is written: its attributes, what stands inside it, and how it is drawn."""

    def __init__(self, name: str, attrs: dict[str, Any], nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist
        self.attrs = {key: value for key, value in attrs.items() if value is not MISSING}
        self.slots = {node.name: joined(node.nodelist) for node in nodelist if type(node) is SlotNode}
        self.slots["slot"] = joined(node for node in nodelist if type(node) is not SlotNode)
        self._drawing: Callable[[Context], Any] | None = None

    def render(self, context: Context) -> Any:
        drawing = self._drawing or self._planned(context.template)
        return drawing(context)

    render_annotated = render

    def insides(self) -> list[NodeList]:
        """Every list of nodes that is written inside it."""
        return [*self.slots.values(), *(value.nodes for value in self.attrs.values() if isinstance(value, Words))]

    def settled(self, template: Any) -> Iterable[Node]:
        """The still nodes that it consists of on every page, else itself."""
        in_place = self._in_place(self._insides(template))
        return in_place if in_place is not None and all(map(is_still, in_place)) else [self]

    def folded(self, scope: Scope) -> Iterable[Node]:
        """This element inside another one of which ``scope`` is known."""
        attrs = {
            key: _settled(value.folded(scope)) if isinstance(value, Open) else value
            for key, value in self.attrs.items()
        }
        slots = [like(self, SlotNode(name, fold(nodes, scope))) for name, nodes in self.slots.items() if name != "slot"]
        inside = NodeList([*slots, *fold(self.slots["slot"], scope)])
        element = ElementNode(self.name, attrs, inside)
        text = element.text(scope.template)
        return [like(self, element)] if text is None else [TextNode(text)]

    def names(self) -> set[str] | None:
        """Names that are read where the element is written; inside it, it may read what is provided."""
        found: set[str] = {"request"}
        parts = [value.names() for value in self.attrs.values() if isinstance(value, Open)]
        for names in [*parts, *map(names_of_all, self.slots.values())]:
            if names is None:
                return None
            found |= names
        return found

    def text(self, template: Any) -> SafeString | None:
        """The element, when nothing about it can change; else ``None``."""
        return _text(self._insides(template))

    def _planned(self, template: Any) -> Callable[[Context], Any]:
        nodes = self._insides(template)
        drawing: Callable[[Context], Any]
        in_place = self._in_place(nodes)
        if in_place is None:
            drawing = _Isolated(nodes, self.attrs, self.slots).draw
        elif (text := _text(in_place)) is not None:
            drawing = Drawn(text).draw
        else:
            drawing = in_place.render
        self._drawing = drawing
        return drawing

    def _insides(self, template: Any) -> NodeList:
        """The element's own template, folded."""
        nodes = template.engine.get_template(self._path).nodelist
        constants = {key: value for key, value in self.attrs.items() if not isinstance(value, Open)}
        written = {name: _text(nodes) for name, nodes in self.slots.items()}
        known: dict[str, Any] = {name: text for name, text in written.items() if text is not None}
        known |= {key.replace("-", "_"): value for key, value in constants.items()}
        changing = self.attrs.keys() - constants.keys()
        open_ = {key.replace("-", "_") for key in changing} | {n for n, text in written.items() if text is None}
        known = {name: value for name, value in known.items() if name not in open_} | {"attrs": constants}
        scope = Scope(known, frozenset(), template, Given(constants, frozenset(changing)))
        return fold(nodes, scope.opened([*open_, *_assigned(nodes), *(["attrs"] if changing else [])]))

    @property
    def _path(self) -> str:
        return f"{settings.COTTON_DIR}/{self.name.replace('.', '/').replace('-', '_')}.html"

    def _in_place(self, nodes: NodeList) -> NodeList | None:
        """The nodes with the slots' own in their place, when they need nothing else of the element."""
        done: list[Node] = []
        for node in nodes:
            slot = _slot_said(node)
            if slot in self.slots and slot not in self.attrs:
                done += self.slots[slot]
            elif names_of(node) == set():
                done.append(node)
            else:
                return None
        return joined(done)


@dataclass(frozen=True)
class Drawn:
    """An element about which nothing can change."""

    text: SafeString

    def draw(self, context: Context) -> SafeString:  # noqa: ARG002
        return self.text


class _Isolated:
    """How an element is drawn of which something can change: from its own names and those that are provided."""

    def __init__(self, nodes: NodeList, attrs: dict[str, Any], slots: dict[str, NodeList]) -> None:
        read = names_of_all(nodes)
        self.nodes = nodes
        self.is_plain = read is not None
        self.attrs = attrs if read is None or "attrs" in read else None
        names = {name.replace("-", "_"): value for name, value in attrs.items()}
        needed = {name: value for name, value in {**slots, **names}.items() if read is None or name in read}
        self.known = {name: value for name, value in needed.items() if not isinstance(value, (*Open, NodeList))}
        self.values = [(name, value.value) for name, value in needed.items() if isinstance(value, Open)]
        self.slots = [(name, value.render) for name, value in needed.items() if isinstance(value, NodeList)]

    def draw(self, context: Context) -> Any:
        names = self.known.copy()
        for name, draw in self.slots:
            names[name] = draw(context)
        for name, resolve in self.values:
            value = resolve(context)
            if value is not MISSING:
                names[name] = value
        if self.attrs is not None:
            names["attrs"] = dict(_resolved(self.attrs, context))
        page, escapes = context.dicts, context.autoescape
        context.dicts, context.autoescape = _alone(context, names), True
        try:
            return self.nodes.render(context) if self.is_plain else self._draw_with_state(context)
        finally:
            context.dicts, context.autoescape = page, escapes

    def _draw_with_state(self, context: Context) -> Any:
        """Nodes that may keep something while a template is drawn (``{% cycle %}``) keep it for this element alone."""
        with context.render_context.push():
            return self.nodes.render(context)


def _resolved(attrs: dict[str, Any], context: Context) -> Iterator[tuple[str, Any]]:
    for key, given in attrs.items():
        value = given.value(context) if isinstance(given, Open) else given
        if value is not MISSING:
            yield key, value


def _alone(context: Context, names: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers of names that an element sees: built-in ones, those of context processors, its own."""
    builtins = context.dicts[0]
    index = getattr(context, "_processors_index", None)
    return [builtins, names] if index is None else [*[builtins] * index, context.dicts[index], names]


def _slot_said(node: Node) -> str:
    """The name in ``{{ name }}``; "" for anything else."""
    if isinstance(node, VariableNode) and not node.filter_expression.filters and node.filter_expression.is_var:
        lookups: tuple[str, ...] = node.filter_expression.var.lookups or ()
        return lookups[0] if len(lookups) == 1 else ""
    return ""


def _text(nodes: NodeList) -> SafeString | None:
    texts = [node.s for node in nodes if isinstance(node, TextNode)]
    return SafeString("".join(texts)) if len(texts) == len(nodes) else None


def _assigned(nodes: NodeList) -> Iterator[str]:
    """Names that nodes set for those after them."""
    for node in nodes.get_nodes_by_type(Node):
        for place in ASSIGNS:
            name = getattr(node, place, None)
            if isinstance(name, str):
                yield name


def _settled(value: Any) -> Any:
    """An attribute that was folded: its text, when nothing in it can change any more."""
    if isinstance(value, Words) and (text := _text(value.nodes)) is not None:
        return _literal(text, text) if value.is_literal else text
    return value


def _literal(source: str, otherwise: Any) -> Any:
    try:
        return ast.literal_eval(source)
    except (ValueError, SyntaxError):
        return otherwise


class SlotNode(Node):
    """``<c-slot name="side">``: a named part of what stands inside an element. The element draws it."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> Any:  # noqa: ARG002
        raise TemplateSyntaxError(f'<c-slot name="{self.name}"> must stand directly inside its element')


def element(parser: Parser, token: Token) -> ElementNode:
    """``{% cotton name attr="words" :attr="expression" flag %} … {% endcotton %}``."""
    tag = parse_component_tag(token.contents)
    if tag.only or tag.name == "component" or "attrs" in tag.attrs or ":attrs" in tag.attrs:
        raise TemplateSyntaxError(f"{token.contents!r}: an element is named, and given its attributes one by one")
    nodelist = NodeList()
    if not token.contents.rstrip().endswith("/"):
        nodelist = parser.parse(("endcotton",))
        parser.delete_first_token()
    attrs = {key.removeprefix(":"): _attribute(key, raw, parser) for key, raw in tag.attrs.items()}
    return ElementNode(tag.name, attrs, nodelist)


def slot(parser: Parser, token: Token) -> SlotNode:
    """``{% cotton:slot name %} … {% endcotton:slot %}``."""
    nodelist = parser.parse(("endcotton:slot",))
    parser.delete_first_token()
    return SlotNode(token.split_contents()[1], nodelist)


def _attribute(key: str, raw: Any, parser: Parser) -> Any:
    value, was_quoted = strip_quotes_with_status(raw)
    if value is True:
        return True
    if "{{" in value or "{%" in value:
        return Words(_parsed(value, parser), is_literal=key.startswith(":") and not key.startswith("::"))
    if key.startswith("::") or (was_quoted and not key.startswith(":")):
        return value
    return _expression(value, MISSING if key.startswith(":") else value)


def _expression(source: str, otherwise: Any) -> Any:
    """A constant, or what a name stands for on the page."""
    if not source:
        return True
    value = _literal(source, MISSING)
    if value is not MISSING and not isinstance(value, str):
        return value
    variable = SwiftVariable(source)
    return variable.resolve({}) if variable.lookups is None else Value(variable, otherwise)


def _parsed(source: str, parser: Parser) -> NodeList:
    """The nodes of an attribute's text; tags and filters mean what they mean around it."""
    inner = SwiftParser(Lexer(source).tokenize(), parser.libraries, origin=Origin(UNKNOWN_SOURCE))
    inner.tags, inner.filters = parser.tags, parser.filters
    return inner.parse()

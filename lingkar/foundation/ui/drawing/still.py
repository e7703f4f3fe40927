"""Nodes that say the same on every page: words of the catalogue, addresses without arguments, static files.

Each is drawn by Django's own node once for each language and prefix of addresses, and kept as long as the process
lives. Those that stand next to each other, with the text between them, become one piece (``Run``).
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.signals import setting_changed
from django.template.base import FilterExpression, Node, NodeList, Parser, Template, TextNode, Token
from django.template.context import Context
from django.template.defaulttags import IfNode
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode, do_static
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Where = tuple[str | None, str]


def where(context: Context) -> Where:
    """The language and the prefix of addresses; ``SwiftTemplate`` looks once for all that it draws."""
    found: Where | None = getattr(context, "where", None)
    return found or (get_language(), get_script_prefix())


class Still(Node):
    """A node that reads no name: what it says depends on ``where`` alone."""

    child_nodelists = ()

    def __init__(self, node: Node, asvar: str | None = None) -> None:
        self.node, self.asvar = node, asvar
        self.said: dict[Where, Any] = kept()

    def render(self, context: Context) -> Any:
        key = where(context)
        if key not in self.said:
            said = self.node.render(context)
            self.said[key] = context[self.asvar] if self.asvar else said
        if not self.asvar:
            return self.said[key]
        context[self.asvar] = self.said[key]
        return ""

    def names(self) -> set[str] | None:
        return None if self.asvar else set()


class Run(Node):
    """Text and still nodes in a row, said in one piece."""

    child_nodelists = ()

    def __init__(self, parts: Iterable[Node]) -> None:
        self.parts: list[Node] = []
        for part in parts:
            self.parts += part.parts if isinstance(part, Run) else [part]
        self.said: dict[Where, SafeString] = kept()

    def render(self, context: Context) -> SafeString:
        key = where(context)
        if key not in self.said:
            self.said[key] = SafeString("".join(str(part.render_annotated(context)) for part in self.parts))
        return self.said[key]

    render_annotated = render

    def names(self) -> set[str]:
        return set()


def is_still(node: Node) -> bool:
    """Whether a node says the same on every page of a language, and sets no name."""
    return type(node) in (TextNode, Run) or (type(node) is Still and not node.asvar)


class Pieces(NodeList):
    """A node list whose texts are not asked what they say. It must not change once it was drawn."""

    @classmethod
    def of(cls, nodes: NodeList) -> "Pieces":
        found = cls(nodes)
        found.contains_nontext = nodes.contains_nontext
        return found

    @cached_property
    def pieces(self) -> list[Any]:
        return ["".join([node.s]) if type(node) is TextNode else node.render_annotated for node in self]

    def render(self, context: Context) -> SafeString:
        return SafeString("".join([it if type(it) is str else it(context) for it in self.pieces]))


def joined(nodes: Iterable[Node]) -> NodeList:
    """A node list in which what is still stands in one piece."""
    done = Pieces()
    for together, found in groupby(nodes, is_still):
        if not together:
            done += found
        elif run := [node for node in found if type(node) is not TextNode or node.s]:
            done.append(_one_of(run))
    return done


def _one_of(run: list[Node]) -> Node:
    if len(run) == 1:
        return run[0]
    texts = [node.s for node in run if isinstance(node, TextNode)]
    return TextNode("".join(texts)) if len(texts) == len(run) else Run(run)


def settle(nodes: NodeList, template: Template) -> None:
    """Join what is still in a list of nodes and in all lists inside it, elements that cannot change among them."""
    for node in nodes:
        for inner in _inside(node):
            settle(inner, template)
    nodes[:] = joined(piece for node in nodes for piece in _settled(node, template))


def _settled(node: Node, template: Template) -> Iterable[Node]:
    own = getattr(node, "settled", None)
    return own(template) if own else [node]


def _inside(node: Node) -> Iterable[NodeList]:
    if isinstance(node, IfNode):
        return [nodes for _, nodes in node.conditions_nodelists]
    own = getattr(node, "insides", None)
    if own:
        return own()  # type: ignore[no-any-return]  # an element
    found = (getattr(node, name, None) for name in node.child_nodelists)
    return [nodes for nodes in found if isinstance(nodes, NodeList)]


_ALL: list[dict[Any, Any]] = []
"""What was kept, to be forgotten when a test changes a setting."""


def kept() -> dict[Any, Any]:
    """A place to keep what was said."""
    place: dict[Any, Any] = {}
    _ALL.append(place)
    return place


def _forget(**_: Any) -> None:
    for said in _ALL:
        said.clear()


setting_changed.connect(_forget)


def translate(parser: Parser, token: Token) -> Node:
    """``{% translate "words" %}``."""
    node: TranslateNode = do_translate(parser, token)
    expression = node.filter_expression
    still = _is_text(expression) and (node.message_context is None or is_constant(node.message_context))
    return Still(node, node.asvar) if still else node


def static(parser: Parser, token: Token) -> Node:
    """``{% static "path" %}``."""
    node: StaticNode = do_static(parser, token)
    return Still(node, node.varname) if is_constant(node.path) else node


def is_constant(expression: Any) -> bool:
    return isinstance(expression, FilterExpression) and not expression.is_var and not expression.filters


def _is_text(expression: FilterExpression) -> bool:
    """Whether the expression of a ``translate`` node, which makes a variable of its words, is a text."""
    return not expression.filters and isinstance(getattr(expression.var, "literal", None), str)

"""Nodes that say the same on every page: words of the catalogue, addresses without arguments, static files.

Each is drawn by Django's own node once, words once for each language, and kept as long as the process lives.
"""

from collections.abc import Callable
from typing import Any

from django.core.signals import setting_changed
from django.template.base import FilterExpression, Node, Parser, Token, TokenType
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.templatetags.i18n import BlockTranslateNode, TranslateNode, do_block_translate, do_translate
from django.templatetags.static import StaticNode, do_static
from django.urls import get_script_prefix
from django.utils.translation import get_language


class Still(Node):
    """A node that reads no name: what it says depends on ``key`` alone."""

    child_nodelists = ()

    def __init__(self, node: Node, key: Callable[[], Any], asvar: str | None = None) -> None:
        self.node, self.key, self.asvar = node, key, asvar
        self.said: dict[Any, Any] = {}
        _ALL.append(self.said)

    def render(self, context: Context) -> Any:
        key = self.key()
        if key not in self.said:
            said = self.node.render(context)
            self.said[key] = context[self.asvar] if self.asvar else said
        if not self.asvar:
            return self.said[key]
        context[self.asvar] = self.said[key]
        return ""

    def names(self) -> set[str] | None:
        return None if self.asvar else set()


_ALL: list[dict[Any, Any]] = []
"""What was kept, to be forgotten when a test changes a setting."""


def _forget(**_: Any) -> None:
    for said in _ALL:
        said.clear()


setting_changed.connect(_forget)


def translate(parser: Parser, token: Token) -> Node:
    """``{% translate "words" %}``."""
    node: TranslateNode = do_translate(parser, token)
    expression = node.filter_expression
    still = _is_text(expression) and (node.message_context is None or _is_constant(node.message_context))
    return Still(node, get_language, node.asvar) if still else node


def block_translate(parser: Parser, token: Token) -> Node:
    """``{% blocktranslate %}words{% endblocktranslate %}`` with nothing to fill in."""
    node: BlockTranslateNode = do_block_translate(parser, token)
    has_words_only = all(part.token_type == TokenType.TEXT for part in node.singular) and not node.plural
    still = has_words_only and not node.extra_context and node.message_context is None
    return Still(node, get_language, node.asvar) if still else node


def address(parser: Parser, token: Token) -> Node:
    """``{% url "name" %}`` without arguments."""
    node: URLNode = url(parser, token)
    still = _is_constant(node.view_name) and not node.args and not node.kwargs
    return Still(node, get_script_prefix, node.asvar) if still else node


def static(parser: Parser, token: Token) -> Node:
    """``{% static "path" %}``."""
    node: StaticNode = do_static(parser, token)
    return Still(node, get_script_prefix, node.varname) if _is_constant(node.path) else node


def _is_constant(expression: Any) -> bool:
    return isinstance(expression, FilterExpression) and not expression.is_var and not expression.filters


def _is_text(expression: FilterExpression) -> bool:
    """Whether the expression of a ``translate`` node, which makes a variable of its words, is a text."""
    return not expression.filters and isinstance(getattr(expression.var, "literal", None), str)

"""Sentences of the catalogue and addresses with something to fill in, in fewer steps than Django's nodes need.

What is out of the ordinary (a missing name, a context of a message, an address that leads nowhere) is left to Django's
node, so that it means what it always means.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.signals import setting_changed
from django.template.base import Node, Parser, Token, TokenType
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, URLNode, url
from django.templatetags.i18n import BlockTranslateNode, do_block_translate
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from lingkar.foundation.ui.drawing.folding import names_in, together
from lingkar.foundation.ui.drawing.still import Still, is_constant, kept, where
from lingkar.foundation.ui.drawing.swift import written


def block_translate(parser: Parser, token: Token) -> Node:
    """``{% blocktranslate %}words{% endblocktranslate %}``, with or without something to fill in."""
    node: BlockTranslateNode = do_block_translate(parser, token)
    parts = [*node.singular, *(node.plural or ())]
    if not node.plural and not node.extra_context and all(part.token_type == TokenType.TEXT for part in parts):
        return Still(node, node.asvar) if node.message_context is None else node
    return node if node.message_context or node.asvar or _counts_what_it_is_given(node) else Sentence(node)


def _counts_what_it_is_given(node: BlockTranslateNode) -> bool:
    """Whether the number is looked up among the names that the sentence itself sets."""
    return bool(node.counter) and not (names_in(node.counter) or {*node.extra_context}).isdisjoint(node.extra_context)


class Sentence(Node):
    """``{% blocktranslate with name=… %}``, ``{% blocktranslate count n=… %}``."""

    child_nodelists = ()

    def __init__(self, node: BlockTranslateNode) -> None:
        self.node = node
        self.one, self.asked = node.render_token_list(node.singular)
        self.many, more = node.render_token_list(node.plural) if node.plural else ("", [])
        self.asked = list(dict.fromkeys([*self.asked, *more]))
        self.said: dict[str | None, str] = kept()

    def render(self, context: Context) -> Any:
        values = {name: value.resolve(context) for name, value in self.node.extra_context.items()}
        try:
            words = self._words(context, values)
            return words % {
                name: written(values[name] if name in values else context[name], context) for name in self.asked
            }
        except (LookupError, ValueError, TypeError):
            return self.node.render(context)

    def _words(self, context: Context, values: dict[str, Any]) -> str:
        counter = self.node.counter
        if counter is not None:
            values[str(self.node.countervar)] = count = counter.resolve(context)
            return ngettext(self.one, self.many, count)
        language, _ = where(context)
        if language not in self.said:
            self.said[language] = gettext(self.one)
        return self.said[language]

    def names(self) -> set[str] | None:
        """Names that it reads; ``None`` when that cannot be told."""
        own = {*self.node.extra_context, self.node.countervar}
        given = [*self.node.extra_context.values(), *([self.node.counter] if self.node.counter else [])]
        found = together(map(names_in, given))
        return None if found is None else found | {*self.asked} - own


def address(parser: Parser, token: Token) -> Node:
    """``{% url "name" … %}``, with or without arguments."""
    node: URLNode = url(parser, token)
    if not is_constant(node.view_name) or node.kwargs:
        return node
    return Address(node) if node.args else Still(node, node.asvar)


class Address(Node):
    """``{% url "name" row.pk %}``: the same arguments lead to the same place."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node, self.name = node, str(node.view_name.var)

    def render(self, context: Context) -> Any:
        arguments = tuple([argument.resolve(context) for argument in self.node.args])
        if self.node.asvar or not context.autoescape or not all(type(argument) in PLAIN for argument in arguments):
            return self.node.render(context)
        try:
            return _leads(self.name, arguments, where(context)[1])
        except NoReverseMatch:
            return self.node.render(context)

    def names(self) -> set[str] | None:
        """Names that it reads; ``None`` when it sets one, or that cannot be told."""
        return None if self.node.asvar else together(map(names_in, self.node.args))


PLAIN = (UUID, str, int)


@lru_cache(maxsize=5000)
def _leads(name: str, arguments: tuple[Any, ...], _prefix: str) -> SafeString:
    return escape(reverse(name, args=arguments))


def _forget(**_: Any) -> None:
    _leads.cache_clear()


setting_changed.connect(_forget)


class Proof(CsrfTokenNode):
    """``{% csrf_token %}``."""

    def render(self, context: Context) -> Any:
        token = context.get("csrf_token")
        if not token:
            return super().render(context)
        return SafeString(f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(str(token))}">')

    def names(self) -> set[str]:
        return {"csrf_token"}


def proof(parser: Parser, token: Token) -> Proof:  # noqa: ARG001
    """``{% csrf_token %}``."""
    return Proof()

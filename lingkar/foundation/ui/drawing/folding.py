"""Drawing beforehand what is known of an element where it is written.

``<c-button href="/a" label="Lanjut" />`` has nothing in it that a request could change: it is drawn once. ``<c-row
:title="row.title">`` has; but its branches for an icon that it was not given need not be walked on every page. An
element sees its own attributes and what context processors give, so the names that can change are known when the
page's template is read.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.template import defaultfilters
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
)
from django.template.context import Context
from django.template.defaulttags import ForNode, IfNode
from django.template.library import SimpleNode
from django.utils.functional import Promise

from lingkar.foundation.ui.drawing.still import joined

PROVIDED = frozenset(
    {
        "request",
        "csrf_token",
        "messages",
        "DEFAULT_MESSAGE_LEVELS",
        "agency",
        "actor",
        "is_demo",
        "True",
        "False",
        "None",
    }
)
"""Names that an element sees without having been given them (context processors; a test compares)."""
BUILT_IN = frozenset({"True", "False", "None"})

PURE_FILTERS = frozenset(
    {defaultfilters.default, defaultfilters.default_if_none, defaultfilters.lower, defaultfilters.upper}
)
"""Filters that say the same of the same value at any time and in any language."""

_PURE_TAGS: set[Callable[..., Any]] = set()


def pure(tag: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the function of a simple tag: it draws the same from the same arguments, always."""
    _PURE_TAGS.add(tag)
    return tag


@dataclass(frozen=True)
class Given:
    """The attributes of an element: those that are known, and the names of the others."""

    known: dict[str, Any]
    open: frozenset[str]


@dataclass(frozen=True)
class Scope:
    """What is known inside an element: ``known`` names with their values; ``open`` names change with the request.

    Every other name is missing, now and always.
    """

    known: dict[str, Any]
    open: frozenset[str]
    template: Any
    attrs: "Given | None" = None

    def opened(self, names: Iterable[str]) -> "Scope":
        """The scope of a block that sets names of its own."""
        names = frozenset(names)
        kept = {name: value for name, value in self.known.items() if name not in names}
        return replace(self, known=kept, open=self.open | names)

    def knows(self, names: Iterable[str] | None) -> bool:
        """Whether nothing among ``names`` can change. ``None`` stands for names that nobody can tell."""
        return names is not None and self.open.isdisjoint(names) and PROVIDED.isdisjoint(names)

    def context(self) -> Context:
        context = Context(dict(self.known))
        context.template = self.template
        return context


def fold(nodes: Iterable[Node], scope: Scope) -> NodeList:
    """The same nodes with everything drawn that ``scope`` knows, and what is still in one piece."""
    return joined(piece for node in nodes for piece in _folded(node, scope))


def _folded(node: Node, scope: Scope) -> Iterable[Node]:
    if isinstance(node, VariableNode) or _is_pure_tag(node):
        return [TextNode(str(node.render(scope.context())))] if scope.knows(names_of(node)) else [node]
    if type(node) is IfNode:
        return _branch(node, scope)
    if type(node) is ForNode:
        return _loop(node, scope)
    own = getattr(node, "folded", None)
    return own(scope) if own else [node]


def _is_pure_tag(node: Node) -> bool:
    return type(node) is SimpleNode and node.target_var is None and node.func in _PURE_TAGS


def _branch(node: IfNode, scope: Scope) -> Iterable[Node]:
    """Branches that can still be taken; only the nodes of the first one when it is taken for certain."""
    left: list[tuple[Any, NodeList]] = []
    for condition, nodes in node.conditions_nodelists:
        certain = condition is None or scope.knows(_names_in(condition))
        if certain and condition is not None and not _holds(condition, scope):
            continue
        left.append((None if certain else condition, fold(nodes, scope)))
        if certain:
            break
    if left and left[0][0] is None:
        return left[0][1]
    return [like(node, IfNode(left))] if left else []


def like(old: Node, new: Node) -> Node:
    """A new node that says it stands where the old one stood: for the page about a fault in development."""
    new.token = old.token
    if hasattr(old, "origin"):
        new.origin = old.origin
    return new


def _holds(condition: Any, scope: Scope) -> bool:
    try:
        return bool(condition.eval(scope.context()))
    except VariableDoesNotExist:
        return False


def _loop(node: Any, scope: Scope) -> Iterable[Node]:
    if scope.knows(names_in(node.sequence)) and not node.sequence.resolve(scope.context(), ignore_failures=True):
        return fold(node.nodelist_empty, scope)
    inner = scope.opened([*node.loopvars, "forloop"])
    loop, empty = fold(node.nodelist_loop, inner), fold(node.nodelist_empty, scope)
    return [like(node, ForNode(node.loopvars, node.sequence, node.is_reversed, loop, empty))]


def names_of(node: Any) -> set[str] | None:
    """Every name that a node reads; ``None`` when that cannot be told."""
    if isinstance(node, TextNode):
        return set()
    if isinstance(node, VariableNode):
        return names_in(node.filter_expression)
    if _is_pure_tag(node):
        return together(names_in(part) for part in (*node.args, *node.kwargs.values()))
    if type(node) is IfNode:
        parts = [(_names_in(condition), names_of_all(nodes)) for condition, nodes in node.conditions_nodelists]
        return together(names for part in parts for names in part)
    if type(node) is ForNode:
        inner = together([names_of_all(node.nodelist_loop)])
        inner = None if inner is None else inner - {*node.loopvars, "forloop"}
        return together([names_in(node.sequence), inner, names_of_all(node.nodelist_empty)])
    reads: Callable[[], set[str] | None] | None = getattr(node, "names", None)
    return reads() if reads else None


def names_of_all(nodes: Iterable[Any]) -> set[str] | None:
    """Every name that some nodes read."""
    return together(map(names_of, nodes))


def names_in(expression: Any) -> set[str] | None:
    """Names in a variable with its filters; ``None`` when a filter or a language may change what it says."""
    if not isinstance(expression, FilterExpression):
        return None
    if not all(call in PURE_FILTERS for call, _ in expression.filters):
        return None
    values = [expression.var, *(value for _, args in expression.filters for _, value in args)]
    return together(name_in(value) for value in values)


def name_in(variable: Any) -> set[str] | None:
    """The name that a variable begins with, in a set."""
    if not isinstance(variable, Variable):
        return None if isinstance(variable, Promise) else set()
    if variable.translate:
        return None
    return {variable.lookups[0]} - BUILT_IN if variable.lookups else set()


def _names_in(condition: Any) -> set[str] | None:
    """Names in the condition of an ``{% if %}``."""
    return together(map(names_in, _leaves(condition)))


def _leaves(condition: Any) -> Iterator[Any]:
    parts = [part for part in (condition.first, condition.second) if part is not None] if condition else []
    if parts:
        for part in parts:
            yield from _leaves(part)
    elif condition is not None:
        yield condition.value


def together(sets: Iterable[set[str] | None]) -> set[str] | None:
    """All names; ``None`` when some cannot be told."""
    found: set[str] = set()
    for names in sets:
        if names is None:
            return None
        found |= names
    return found

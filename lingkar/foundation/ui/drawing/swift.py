"""Templates that say the same as Django's in fewer steps.

Django's parser with two parts exchanged: a lookup that takes the straight way where there is one, and a variable that
writes plain words without asking how to localise them. Whatever is out of the ordinary (a missing name, a callable, a
fault) is left to Django's own code, so that it means what it always means.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.forms.boundfield import BoundField
from django.template.base import (
    DebugLexer,
    FilterExpression,
    Lexer,
    NodeList,
    Origin,
    Parser,
    Template,
    Token,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loaders import cached
from django.template.loaders.base import Loader as BaseLoader
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lingkar.foundation.ui.drawing.still import Pieces, settle

NO_ITEM = (TypeError, AttributeError, KeyError, ValueError, IndexError)
"""What a failed ``thing["name"]`` raises, as Django has it."""


class SwiftVariable(Variable):
    """A name with dots. Built from Django's own, so that it is parsed by the same rules."""

    __slots__ = ("first", "rest")

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.first, *rest = self.lookups or ("",)
        self.rest = tuple(rest)

    if TYPE_CHECKING:

        def _as_django(self, context: Any) -> Any: ...

    else:
        _as_django = Variable.resolve

    def resolve(self, context: Any) -> Any:
        first = self.first
        try:
            for names in reversed(context.dicts):
                if first in names:
                    value = names[first]
                    break
            else:
                return self._as_django(context)
            if callable(value):
                return self._as_django(context)
            for name in self.rest:
                value = _part(value, name)
                if callable(value):
                    return self._as_django(context)
        except Exception:  # Django's own way raises what has to be raised
            return self._as_django(context)
        return value


def _part(value: Any, name: str) -> Any:
    """``value.name`` as templates mean it: an item, else an attribute."""
    kind = type(value)
    if kind is dict:
        return value[name] if name in value else getattr(value, name)
    if _has_items(kind):  # type: ignore[arg-type]  # types can be hashed
        try:
            return value[name]
        except NO_ITEM:
            return getattr(value, name)
    return getattr(value, name)


@lru_cache(maxsize=1000)
def _has_items(kind: type) -> bool:
    """Whether things of a kind may have items by name; a bound field has items by number alone."""
    return hasattr(kind, "__getitem__") and not issubclass(kind, BoundField)


def _name_of(expression: FilterExpression) -> SwiftVariable | None:
    """The variable of an expression that is a name and nothing else."""
    variable = expression.var
    return variable if isinstance(variable, SwiftVariable) and not expression.filters else None


class SwiftExpression(FilterExpression):
    """A variable with its filters, or a constant."""

    __slots__ = ()

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.var = _swift(self.var)
        self.filters = [(call, [(is_name, _swift(it)) for is_name, it in args]) for call, args in self.filters]

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:  # Django's
        if self.filters or not self.is_var:
            return super().resolve(context, ignore_failures)
        try:
            return self.var.resolve(context)
        except VariableDoesNotExist:
            return super().resolve(context, ignore_failures)


def _swift(variable: Any) -> Any:
    """The swift variant of a plain name; constants and ``_("words")`` stay as they are."""
    if type(variable) is Variable and variable.lookups and not variable.translate:
        return SwiftVariable(str(variable.var))
    return variable


class Said(VariableNode):
    """``{{ … }}``. Plain words are escaped at once; everything else is written as Django writes it."""

    def __init__(self, expression: FilterExpression) -> None:
        super().__init__(expression)
        self.look = _name_of(expression) or expression

    def render(self, context: Context) -> Any:
        try:
            value = self.look.resolve(context)
        except VariableDoesNotExist:
            value = self.filter_expression.resolve(context)
        return written(value, context)

    render_annotated = render


def written(value: Any, context: Context) -> Any:
    """A value as it stands on the page."""
    kind = type(value)
    if not context.autoescape:
        return render_value_in_context(value, context)
    if kind is SafeString:
        return value
    if kind is str:
        return escaped(value)
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return render_value_in_context(value, context)


SHORT = 60
_special = re.compile("[&<>\"']").search


def escaped(value: str) -> str:
    """``html.escape``: in most short texts there is nothing to be escaped, and one look finds that."""
    return value if len(value) < SHORT and not _special(value) else escape(value)


class SwiftParser(Parser):
    """Django's parser, with swift expressions and variables."""

    def compile_filter(self, token: str) -> FilterExpression:
        return SwiftExpression(token, self)

    def parse(self, parse_until: Iterable[str] | None = None) -> NodeList:
        return Pieces.of(super().parse(parse_until))

    def extend_nodelist(self, nodelist: NodeList, node: Any, token: Token) -> None:
        swift = Said(node.filter_expression) if type(node) is VariableNode else node
        super().extend_nodelist(nodelist, swift, token)


class SwiftTemplate(Template):
    """A template read by the swift parser."""

    def render(self, context: Context) -> SafeString:
        context.where = get_language(), get_script_prefix()  # type: ignore[attr-defined]  # read by ``still``
        return super().render(context)

    def compile_nodelist(self) -> NodeList:
        engine = self.engine
        lexer = DebugLexer(self.source) if engine.debug else Lexer(self.source)
        parser = SwiftParser(lexer.tokenize(), engine.template_libraries, engine.template_builtins, self.origin)
        try:
            nodelist = parser.parse()
            settle(nodelist, self)
            self.extra_data = getattr(parser, "extra_data", {})
        except Exception as fault:
            if engine.debug:
                fault.template_debug = self.get_exception_info(fault, fault.token)  # type: ignore[attr-defined]
            raise
        return nodelist


class _SwiftLoader(BaseLoader):
    """Loads swift templates, in the order and with the refusals of Django's loaders."""

    get_contents: Callable[[Origin], str]

    def get_template(self, template_name: str, skip: Iterable[Origin] | None = None) -> Template:
        tried = []
        for origin in self.get_template_sources(template_name):
            if skip is not None and origin in skip:
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            try:
                contents = self.get_contents(origin)
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
                continue
            return SwiftTemplate(contents, origin, template_name, self.engine)
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, _SwiftLoader):
    """Django's cached loader over other loaders; what it keeps are swift templates."""

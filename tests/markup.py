"""What is wrong with a page of HTML, as a list of sentences. No server and no database: text in, faults out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import polib
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve
from justhtml import JustHTML
from justhtml.dom import Element, Node, Template, Text

import lingkar

UNSEEN = ("hidden", "submit", "button", "reset")
"""Inputs that need no label."""
LISTS = ("ul", "ol")
SPOKEN = ("alt", "aria-label", "placeholder", "title", "data-label")
"""Attributes that people read or hear."""
UNTOLD = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|%\(\w+\)[sd]|\bNone\b|<c-|SafeString\(|<QuerySet|\bobject at 0x")
"""What a template leaves behind when it went wrong."""


@dataclass
class Markup:
    """A parsed page, or with ``fragment`` a part of one."""

    html: str
    fragment: bool = False
    language: str = "id"
    skip: frozenset[str] = field(default_factory=frozenset)
    """Selectors whose text is people's words, not ours."""

    @cached_property
    def tree(self) -> JustHTML:
        return JustHTML(self.html, sanitize=False, collect_errors=True, fragment=self.fragment)

    @cached_property
    def elements(self) -> list[Element]:
        return list(below(self.tree.root))

    def select(self, selector: str) -> list[Element]:
        """Elements that a CSS selector names."""
        wanted = plain(selector)
        if wanted:
            found = {place: node for name, has in wanted for place, node in self._named(name, has)}
            return [found[place] for place in sorted(found)]
        return [node for node in self.tree.query(selector) if isinstance(node, Element)]

    def _named(self, name: str, has: str) -> Iterable[tuple[int, Element]]:
        """Elements of a name that have an attribute, each with its place on the page; "" stands for any."""
        if has:
            return [(place, node) for place, node in self._by_attribute[has] if not name or node.name == name]
        return self._by_name[name] if name else enumerate(self.elements)

    @cached_property
    def _by_name(self) -> Mapping[str, list[tuple[int, Element]]]:
        found = defaultdict(list)
        for place, node in enumerate(self.elements):
            found[node.name].append((place, node))
        return found

    @cached_property
    def _by_attribute(self) -> Mapping[str, list[tuple[int, Element]]]:
        found = defaultdict(list)
        for place, node in enumerate(self.elements):
            for name in node.attrs:
                found[name].append((place, node))
        return found

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(self._read())

    def texts(self) -> Iterable[str]:
        """Each run of text that a person sees or hears, spaces made single; words marked as of another language not."""
        return self._texts

    def _read(self) -> Iterator[str]:
        for element in self.select("*"):
            if element.attrs.get("lang", self.language) != self.language:
                continue
            if element.name not in {"script", "style", "template", "pre", "code"}:
                yield from (one_line(node.data or "") for node in element.children if isinstance(node, Text))
            yield from (one_line(element.attrs[name] or "") for name in SPOKEN if name in element.attrs)

    def faults(self) -> list[str]:
        """Every fault, in the order of the checks."""
        checks = PART_CHECKS if self.fragment else PART_CHECKS + PAGE_CHECKS
        return [fault for check in checks for fault in check(self)]


def below(node: Node, *, templates: bool = True) -> Iterator[Element]:
    """Every element below a node, what a template holds included unless it is told not to be."""
    for child in [*(node.children or ()), *(inside(node) if templates else ())]:
        if isinstance(child, Element):
            yield child
            yield from below(child, templates=templates)


def inside(node: Node) -> list[Node]:
    content = node.template_content if isinstance(node, Template) else None
    return list(content.children or ()) if content is not None else []


Wanted = tuple[tuple[str, str], ...]
"""Names of elements, each with an attribute that it must have; "" stands for any."""
PLAIN = re.compile(r"(?P<name>\*|[a-z][a-z0-9]*)?(?:\[(?P<attribute>[a-z-]+)\])?")


@cache
def plain(selector: str) -> Wanted:
    """What a selector such as ``a[href], button`` wants; nothing for one that says more, and is left to the parser.

    A page is asked about thirty times: walking its elements is ten times as fast as the parser's own selectors.
    """
    found = [PLAIN.fullmatch(part.strip()) for part in selector.split(",")]
    if not all(found):
        return ()
    return tuple(((each["name"] or "").strip("*"), each["attribute"] or "") for each in found if each)


def is_one_of(node: Element, wanted: Wanted) -> bool:
    return any((not name or node.name == name) and (not has or has in node.attrs) for name, has in wanted)


def select_below(node: Element, selector: str) -> list[Element]:
    """Elements below a node that a plain selector names."""
    wanted = plain(selector)
    return [child for child in below(node) if is_one_of(child, wanted)]


def one_line(text: str) -> str:
    return " ".join(text.split())


def words(element: Element) -> str:
    """The text of an element, and the label or alternative text that stands for it."""
    inner = [
        node.attrs.get("alt") or node.attrs.get("aria-label") or ""
        for node in select_below(element, "[alt], [aria-label]")
    ]
    return one_line(" ".join([element.attrs.get("aria-label") or "", element.to_text(), *inner]))


def parses(page: Markup) -> Iterator[str]:
    for error in page.tree.errors:
        line = page.html.splitlines()[error.line - 1] if error.line else ""
        yield f"HTML: {error.code} in line {error.line}: {line.strip()[:100]}"


def one_heading(page: Markup) -> Iterator[str]:
    headings = [words(node) for node in page.select("h1")]
    titles = [node for node in page.select("title") if isinstance(node.parent, Element) and node.parent.name == "head"]
    title = " ".join(one_line(node.to_text()) for node in titles)
    if len(headings) != 1:
        yield f"the page has {len(headings)} h1: {headings}"
    elif not headings[0] or not title.startswith(headings[0]):
        yield f"title {title!r} does not start with the h1 {headings[0]!r}"


def says_its_language(page: Markup) -> Iterator[str]:
    found = [node.attrs.get("lang") for node in page.select("html")]
    if found != [page.language]:
        yield f"lang is {found}, expected {page.language!r}"


def unique_ids(page: Markup) -> Iterator[str]:
    for name, count in Counter(node.attrs["id"] for node in page.select("[id]")).items():
        if count > 1 or not name:
            yield f"id {name!r} stands {count} times"


def references(page: Markup) -> Iterator[str]:
    """Every id that is pointed at exists."""
    ids = {node.attrs["id"] for node in page.select("[id]")}
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form"):
        for node in page.select(f"[{attribute}]"):
            for name in (node.attrs[attribute] or "").split():
                if name not in ids:
                    yield f'<{node.name} {attribute}="{name}"> points at nothing'


def labels(page: Markup) -> Iterator[str]:
    named = {node.attrs["for"] for node in page.select("label[for]") if words(node)}
    within = {id(node) for label in page.select("label") if words(label) for node in below(label)}
    for node in page.select("input, select, textarea"):
        if node.attrs.get("type") in UNSEEN:
            continue
        spoken = node.attrs.get("aria-label") or node.attrs.get("aria-labelledby")
        if not spoken and node.attrs.get("id") not in named and id(node) not in within:
            yield f"<{node.name} name={node.attrs.get('name')!r}> has no label"


def alternatives(page: Markup) -> Iterator[str]:
    for node in page.select("img"):
        if "alt" not in node.attrs:
            yield f"<img src={node.attrs.get('src')!r}> has no alt"


def speaks(page: Markup) -> Iterator[str]:
    """Links and buttons have words."""
    for node in page.select("a[href], button"):
        if not words(node):
            yield f"<{node.name}> without words: {dict(node.attrs)}"


def nothing_inline(page: Markup) -> Iterator[str]:
    for node in page.select("*"):
        inline = [name for name in node.attrs if name.startswith("on") or name == "style"]
        yield from (f"<{node.name}> has the inline attribute {name}" for name in inline)
        if node.name == "style":
            yield "<style> in the page"
        if node.name == "script" and "src" not in node.attrs and "json" not in (node.attrs.get("type") or ""):
            yield "inline <script>"
        if (node.attrs.get("href") or "").strip().lower().startswith("javascript:"):
            yield "javascript: link"


def nesting(page: Markup) -> Iterator[str]:
    """What the HTML standard's content model forbids and its parser lets through."""
    for outer, inner in (("a[href], button", "a[href], button, input, select, textarea"), ("label", "label")):
        for node in page.select(outer):
            yield from (f"<{child.name}> within <{node.name}>" for child in select_below(node, inner))
    for phrase in page.select("p, span, label, button, h1, h2, h3, h4"):
        for child in select_below(phrase, "div, p, ul, ol, table, section, form, h1, h2, h3"):
            yield f"<{child.name}> within <{phrase.name}>"
    for node in page.elements:
        if node.parent is not None and node.parent.name in LISTS and node.name not in {"li", "template", "script"}:
            yield f"<{node.name}> directly within a list"


def known_elements(page: Markup) -> Iterator[str]:
    for node in page.select("*"):
        if node.name.startswith("c-"):
            yield f"element <{node.name}> was not drawn"


def guarded_forms(page: Markup) -> Iterator[str]:
    for form in page.select("form"):
        if (form.attrs.get("method") or "get").lower() != "post":
            continue
        if not any(node.attrs.get("name") == "csrfmiddlewaretoken" for node in below(form, templates=False)):
            yield f"form {form.attrs.get('action')!r} has no CSRF token"


def links(page: Markup) -> Iterator[str]:
    """Links, forms and files that the page names exist on this installation."""
    ids = {node.attrs["id"] for node in page.select("[id]")}
    for attribute in ("href", "action", "src", "hx-get", "hx-post"):
        for node in page.select(f"[{attribute}]"):
            target = node.attrs[attribute] or ""
            if target.startswith("#") and node.name == "a" and target[1:] not in ids:
                yield f"link to {target!r}, which is not on the page"
            elif target.startswith("/") and not target.startswith("//") and not leads_somewhere(target):
                yield f"<{node.name} {attribute}={target!r}> leads nowhere"


def leads_somewhere(target: str) -> bool:
    """Whether a path is a route or a static file."""
    path = unquote(urlsplit(target).path)
    if path.startswith("/static/"):
        return finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", path.removeprefix("/static/"))) is not None
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def nothing_left_over(page: Markup) -> Iterator[str]:
    for text in page.texts():
        found = UNTOLD.search(text)
        if found:
            yield f"left over by a template: {found.group()!r} in {text[:80]!r}"


def translated(page: Markup) -> Iterator[str]:
    """No text is an English msgid that has another Indonesian translation, unless it says its own language."""
    if page.language == "id":
        within = (node for body in page.select("body") for node in below(body, templates=False) if "lang" in node.attrs)
        elsewhere = {one_line(node.to_text()) for node in within}
        english = foreign_msgids() - elsewhere
        for text in page.texts():
            if text.strip(" :.…") in english:
                yield f"not translated: {text!r}"


PART_CHECKS: list[Callable[[Markup], Iterator[str]]] = [
    parses, unique_ids, labels, alternatives, speaks, nothing_inline, nesting, known_elements, guarded_forms,
    nothing_left_over, translated,
]  # fmt: skip
PAGE_CHECKS: list[Callable[[Markup], Iterator[str]]] = [one_heading, says_its_language, references, links]


def catalogue(folder: Path | None = None) -> Mapping[str, str]:
    """English → Indonesian, from every module's own catalogue."""
    pairs: dict[str, str] = {}
    for path in (folder or Path(lingkar.__file__).parent).rglob("locale/id/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            pairs[entry.msgid] = entry.msgstr or entry.msgstr_plural.get(0, "")
            if entry.msgid_plural:
                pairs[entry.msgid_plural] = pairs[entry.msgid]
    return pairs


_FOREIGN: dict[str, frozenset[str]] = {}


def foreign_msgids(pairs: Mapping[str, str] | None = None) -> frozenset[str]:
    """Msgids that must not be seen on an Indonesian page: those whose translation differs."""
    if pairs is None:
        if "id" not in _FOREIGN:
            _FOREIGN["id"] = foreign_msgids(catalogue())
        return _FOREIGN["id"]
    indonesian = {one_line(text) for text in pairs.values()}
    return frozenset(
        msgid for msgid, text in pairs.items() if text and one_line(msgid) != one_line(text) and msgid not in indonesian
    )


def security_faults(headers: Mapping[str, Any]) -> list[str]:
    """What is wrong with the headers of a page."""
    policy = headers.get("Content-Security-Policy", "")
    faults = ["no Content-Security-Policy"] if "default-src" not in policy else []
    faults += [f"the policy allows {word}" for word in ("unsafe-inline", "unsafe-eval", "*;") if word in policy]
    if headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("no X-Content-Type-Options: nosniff")
    return faults

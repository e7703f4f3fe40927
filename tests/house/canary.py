"""Canaries: words that few may read are planted in reports, then everything that can be read is listened to.

A ``Bird`` is one case with its songs: a rare word, a phone number, the reporter's name, mail address and code. Places
are pages (route and reader), mails, logs, tables and files; ``heard`` says which songs sound in a text.
"""

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache, cached_property
from html import unescape
from http import HTTPStatus
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urljoin, urlsplit

from django.db import connection
from django.urls import resolve, reverse
from justhtml.dom import Element

from tests.markup import Markup
from tests.pages import Browser
from tests.samples import Route, every_route, sample_of
from tests.where import Where


@dataclass(frozen=True)
class Bird:
    """One planted case. ``songs`` are what must not be heard elsewhere, by name; ``bait`` is searched for instead."""

    kind: str
    bait: str
    songs: Mapping[str, str] = field(hash=False)
    report: Any
    number: int
    code: str
    token: str
    link: str


@dataclass(frozen=True, order=True)
class Sighting:
    """A song in a place: whose, which, who read it, where."""

    bird: str
    song: str
    reader: str
    place: str


def heard(text: str, birds: Iterable[Bird]) -> Iterator[tuple[Bird, str]]:
    """Every song in a text, also escaped, percent-encoded, spaced, in base64 or in hexadecimal."""
    plain = text + (unescape(text) if "&" in text else "") + (unquote(text) if "%" in text else "")
    digits = SPACED.sub("", plain)
    for bird in birds:
        for song, words in bird.songs.items():
            if any(form in plain for form in forms(words)) or (words.isdigit() and words in digits):
                yield bird, song


SPACED = re.compile(r"(?<=\d)[\s.\-]+(?=\d)")


@cache
def forms(words: str) -> tuple[str, ...]:
    """How words may stand in a dump of something. In base64 they begin at one of three places of a group."""
    raw = words.encode()
    whole = [base64.b64encode(b"\0" * shift + raw).decode() for shift in range(3)]
    inner = [text[-(-8 * shift // 6) : 8 * (shift + len(raw)) // 6] for shift, text in enumerate(whole)]
    return (words, raw.hex(), *inner)


# --- pages -------------------------------------------------------------------------------------------------------


Values = Mapping[str, Iterable[object]]
"""What stands for an argument of a route: ``{"reports:*.report": [id]}``, * stands for any."""


@dataclass
class Walk:
    """Every page that can be asked for by GET, for one reader after the other.

    Arguments take the values of one bird at a time; those that no bird has get their sample. A page that was found is
    searched with its own search fields, and the addresses with a query that it links to (tabs, filters, further pages)
    are looked at too. Addresses that hold a secret are asked for by visitors alone: whoever knows it is the reporter.
    """

    birds: Mapping[Bird, Values]
    where: Where
    answered: dict[str, set[int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def sightings(self, reader: str, browser: Browser) -> Iterator[Sighting]:
        """What this reader hears, page by page."""
        self.seen = set()
        for name, url in self.addresses:
            is_secret = any(key in unquote(url) for bird in self.birds for key in (bird.code, bird.token, bird.link))
            if not is_secret:
                yield from self._look(reader, browser, name, url, deeper=True)
            elif reader.startswith("visitor"):
                yield from self._look(reader.replace("visitor", "reporter"), browser, name, url, deeper=True)

    def routes(self) -> Iterable[Route]:
        """What is walked."""
        return every_route()

    @cached_property
    def addresses(self) -> list[tuple[str, str]]:
        """Name and address of every route, with the values of every bird: the same for each reader."""
        return [
            (route.name, reverse(route.name, kwargs=dict(zip(route.arguments, chosen, strict=True))))
            for route in self.routes()
            for values in self.birds.values()
            for chosen in product(*(self._values_of(values, route.name, argument) for argument in route.arguments))
        ]

    def _values_of(self, values: Values, route: str, argument: str) -> list[object]:
        for pattern, found in values.items():
            if fnmatch(f"{route}.{argument}", pattern):
                return list(found)
        try:
            return [sample_of(route, argument)(self.where)]
        except LookupError:  # the permission table fails for a route without a sample
            return []

    def _look(self, reader: str, browser: Browser, name: str, url: str, *, deeper: bool) -> Iterator[Sighting]:
        if url in self.seen:
            return
        self.seen.add(url)
        response = browser.get(url)
        self.answered.setdefault(name, set()).add(response.status_code)
        text = body_of(response)
        for bird, song in heard(text + str(response.headers), self.birds):
            if bird.songs[song] not in unquote(url):  # a page may repeat the secret of its own address
                yield Sighting(bird.kind, song, reader, name)
        if deeper and response.status_code == HTTPStatus.OK and "text/html" in response.headers["Content-Type"]:
            for further in self._further(url, text):
                place = resolve(urlsplit(further).path).view_name  # a search box leads to another page
                yield from self._look(reader, browser, place, further, deeper=False)

    def _further(self, url: str, html: str) -> Iterator[str]:
        if 'href="?' not in html and "<form" not in html.replace('method="post"', ""):
            return
        page = Markup(html, fragment="<html" not in html)
        for link in page.select("a[href]"):
            if (link.attrs["href"] or "").startswith("?"):
                yield urljoin(url, link.attrs["href"])
        for form in page.select("form"):
            if (form.attrs.get("method") or "get").lower() == "get":
                yield from self._searches(urljoin(url, form.attrs.get("action") or ""), form)
                if suggestions := form.attrs.get("data-seek"):
                    yield from self._searches(urljoin(url, suggestions), form)

    def _searches(self, url: str, form: Element) -> Iterator[str]:
        fields = form.query("input[type=search], input[type=text], input:not([type])")
        for node, bird in product(fields, self.birds):
            if isinstance(node, Element):
                for words in (bird.bait, bird.songs["phone"][-6:]):
                    yield f"{url}?{urlencode({node.attrs['name'] or '': words})}"


def body_of(response: Any) -> str:
    """All bytes of an answer as text; bytes that are none stay readable as far as they are."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode("utf-8", "replace"))


# --- what is kept ------------------------------------------------------------------------------------------------


def in_tables(birds: Iterable[Bird]) -> Iterator[Sighting]:
    """Every song in every column of every table of the database, as a thief of a backup would read it."""
    birds = tuple(birds)
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column.name for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    for bird, song in heard(as_text(value), birds):
                        yield Sighting(bird.kind, song, "database", f"{table}.{column}")


def as_text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def in_folder(folder: Path, birds: Iterable[Bird], reader: str) -> Iterator[Sighting]:
    """Every song in the bytes of every file below a folder."""
    birds = tuple(birds)
    for path in folder.rglob("*"):
        if path.is_file():
            for bird, song in heard(path.read_bytes().decode("latin-1"), birds):
                yield Sighting(bird.kind, song, reader, str(path.relative_to(folder)))

"""The client of every page test: a page it loads is also valid, labelled, translated, safe and cheap.

``visitor.page("/lapor/")`` loads a page and fails with every fault it finds; ``visitor.part(url)`` does the same for a
htmx part; ``visitor.send(url, data)`` posts a form as a browser does and follows to the page that answers.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.markup import Markup, security_faults

QUERY_LIMIT = 12
HOUSEKEEPING = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET )", re.IGNORECASE)
MOVED = (301, 302, 303)


@dataclass(frozen=True)
class Page:
    """What a browser got."""

    url: str
    response: HttpResponse
    markup: Markup
    queries: list[str] = field(repr=False)

    @property
    def html(self) -> str:
        return self.markup.html

    @property
    def text(self) -> str:
        """All text that is seen or heard, in one line."""
        return " ".join(part for part in self.markup.texts() if part)

    @property
    def title(self) -> str:
        return " ".join(node.to_text() for node in self.markup.select("h1"))

    def links(self) -> list[str]:
        """Where the links of the page lead."""
        return [node.attrs["href"] or "" for node in self.markup.select("a[href]")]

    def fields(self) -> dict[str, str]:
        """Named inputs of the page's forms with the values they hold."""
        inputs = self.markup.select("input[name], textarea[name], select[name]")
        return {node.attrs["name"] or "": node.attrs.get("value") or node.to_text() for node in inputs}


class Browser(Client):
    """Django's test client that looks at each page as a reviewer would. CSRF is enforced."""

    def __init__(self, language: str = "id", **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)
        self.language = language
        if language != "id":
            self.cookies["bahasa"] = language

    def page(self, url: str, *, status: int = 200, queries: int = QUERY_LIMIT, **headers: Any) -> Page:
        """Load a page and check it whole. ``url`` is a path or the name of a route without arguments."""
        with CaptureQueriesContext(connection) as captured:
            response = self.get(address(url), **headers)
        return self._checked(response, address(url), status, queries, captured, fragment=False)

    def part(self, url: str, *, status: int = 200, queries: int = QUERY_LIMIT) -> Page:
        """Load a part of a page as htmx does, and check it."""
        with CaptureQueriesContext(connection) as captured:
            response = self.get(address(url), headers={"HX-Request": "true"})
        return self._checked(response, address(url), status, queries, captured, fragment=True)

    def send(self, url: str, data: dict[str, Any] | None = None, *, status: int = 302) -> Page:
        """Post a form with a valid token. On success the redirect is followed; the page that answers is checked.

        With another ``status`` (200 or 422: the form came back) the answer itself is the page that is checked.
        """
        response = self.submit(url, data)
        assert response.status_code == status, f"{url}: {response.status_code}, expected {status}{_why(response)}"
        if status in MOVED:
            return self.page(response.headers["Location"])
        return self._checked(response, address(url), status, 1000, None, fragment=False)

    def submit(self, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
        """Post with a valid token and return the bare answer."""
        token = self.cookies["csrf"].value if "csrf" in self.cookies else _get_new_csrf_string()
        self.cookies["csrf"] = token
        return self.post(address(url), {**(data or {}), "csrfmiddlewaretoken": token}, **extra)

    def _checked(
        self,
        response: Any,
        url: str,
        status: int,
        limit: int,
        ran: CaptureQueriesContext | None,
        *,
        fragment: bool,
    ) -> Page:
        assert response.status_code == status, f"{url}: {response.status_code}, expected {status}{_why(response)}"
        markup = Markup(response.content.decode(), fragment=fragment, language=self.language)
        statements = [query["sql"] for query in ran.captured_queries] if ran else []
        queries = [sql for sql in statements if not HOUSEKEEPING.match(sql)]
        faults = markup.faults() + security_faults(response.headers)
        if len(queries) > limit:
            faults.append("\n  ".join([f"{len(queries)} queries, at most {limit}:", *queries]))
        assert not faults, f"{url} has {len(faults)} faults:\n- " + "\n- ".join(faults)
        return Page(url, response, markup, queries)


def address(url: str) -> str:
    """A path as it is, or the path of the route that is named."""
    return url if url.startswith(("/", "http:", "https:")) else reverse(url)


def _why(response: Any) -> str:
    """Where it led, or what the form complained of: the first thing one wants to know when a test fails."""
    if response.status_code in MOVED:
        return f" (to {response.headers['Location']})"
    form = (response.context or {}).get("form") if hasattr(response, "context") else None
    return f" ({form.errors.as_json()})" if form is not None and form.errors else ""

"""A browser without JavaScript: cookies, redirects, forms as they stand in the page. Says when an answer never came."""

import http.client
import re
import secrets
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

PATIENCE = 20.0
MOST_REDIRECTS = 5
VOID = frozenset({"submit", "button", "image", "reset"})


class NoAnswer(Exception):  # noqa: N818  (a fact about the line, not about this program)
    """The connection broke or nothing came: whoever asked cannot know whether it was done."""


@dataclass(frozen=True)
class Upload:
    """A file for a form."""

    name: str
    content: bytes
    kind: str = "image/jpeg"


Value = str | Upload


@dataclass
class Form:
    """One form of a page with the values it would send."""

    action: str
    method: str
    multipart: bool
    values: list[tuple[str, Value]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def fill(self, **values: "Value | None") -> "Form":
        """A copy with other values; ``None`` leaves a field out."""
        kept = [(name, value) for name, value in self.values if name not in values]
        given = [(name, value) for name, value in values.items() if value is not None]
        return Form(self.action, self.method, self.multipart, kept + given, self.kinds, self.choices, self.buttons)

    def body(self) -> tuple[bytes, str]:
        """The encoded form and its content type."""
        if not self.multipart:
            pairs = [(name, value) for name, value in self.values if isinstance(value, str)]
            return urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        edge = secrets.token_hex(16)
        parts = [_part(edge, name, value) for name, value in self.values]
        return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


@dataclass
class Page:
    """What came back in the end."""

    status: int
    path: str
    text: str
    headers: dict[str, str]
    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def form_with(self, *names: str) -> Form:
        """The form that has all these fields (or buttons). Raises ``LookupError`` that shows what there is."""
        for form in self.forms:
            if set(names) <= {*form.kinds, *(name for name, _, _ in form.buttons)}:
                return form
        raise LookupError(f"{self.status} {self.path}: no form with {names}; forms: {[f.kinds for f in self.forms]}")

    @property
    def words(self) -> str:
        """The text that a person reads, without markup."""
        bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", self.text, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


class Browser:
    """One person's browser at one server."""

    def __init__(
        self, server: str, *, host: str = "", address: str = "", cookies: dict[str, str] | None = None
    ) -> None:
        self.netloc = urlsplit(server).netloc
        self.host = host or self.netloc
        self.address = address
        self.cookies = dict(cookies or {})

    def get(self, path: str) -> Page:
        """A page, redirects followed."""
        return self._follow("GET", path, b"", "")

    def send(self, form: Form) -> Page:
        """A form as it stands, redirects followed."""
        if form.method == "get":
            return self.get(f"{form.action}?{form.body()[0].decode()}")
        body, kind = form.body()
        return self._follow("POST", form.action, body, kind)

    def _follow(self, method: str, path: str, body: bytes, kind: str) -> Page:
        for _ in range(MOST_REDIRECTS):
            page = self.once(method, path, body, kind)
            if page.status not in (301, 302, 303, 307, 308):
                return page
            where = urlsplit(urljoin(path, page.headers["location"]))
            path, method, body, kind = where._replace(scheme="", netloc="").geturl(), "GET", b"", ""
        raise LookupError(f"{path} redirects for ever")

    def once(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Page:
        """One request, no redirect. Raises ``NoAnswer``."""
        link = http.client.HTTPConnection(self.netloc, timeout=PATIENCE)
        try:
            link.request(method, path, body or None, self._headers(kind))
            answer = link.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as fault:
            raise NoAnswer(f"{method} {path}: {type(fault).__name__}") from fault
        finally:
            link.close()
        self._take_cookies(answer)
        page = Page(answer.status, path, text, {k.lower(): v for k, v in answer.getheaders()})
        reader = _Reader(page)
        reader.feed(text)
        return page

    def _headers(self, kind: str) -> dict[str, str]:
        headers = {"Host": self.host, "Accept": "text/html", "Origin": f"http://{self.host}"}
        if self.address:
            headers["X-Forwarded-For"] = self.address
        if kind:
            headers["Content-Type"] = kind
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return headers

    def _take_cookies(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("set-cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
            if "max-age=0" in line.lower():
                del self.cookies[name.strip()]


class _Reader(HTMLParser):
    """Collects links and forms, fields outside their form (``form=…``) excepted."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.form: Form | None = None
        self.select = ""
        self.area: list[str] | None = None
        self.area_name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        elif tag == "form":
            action = urljoin(self.page.path, given.get("action", "") or self.page.path)
            multipart = given.get("enctype", "") == "multipart/form-data"
            self.form = Form(action, given.get("method", "get").lower(), multipart)
            self.page.forms.append(self.form)
        elif self.form is not None:
            self._field(tag, given, self.form)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.form is not None and self.area is not None:
            self.form.values.append((self.area_name, "".join(self.area).removeprefix("\n")))
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.append(data)

    def _field(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "option" and self.select:
            form.choices[self.select].append(given.get("value", ""))
            if "selected" in given:
                form.values.append((self.select, given.get("value", "")))
        elif name and tag == "select":
            self.select = name
            form.kinds[name] = "select"
            form.choices[name] = []
        elif name and tag == "textarea":
            form.kinds[name] = "textarea"
            self.area, self.area_name = [], name
        elif tag == "button" or (tag == "input" and given.get("type") in VOID):
            form.buttons.append((name, given.get("value", ""), given.get("formaction", "")))
        elif name and tag == "input":
            self._input(name, given, form)

    def _input(self, name: str, given: dict[str, str], form: Form) -> None:
        kind = given.get("type", "text")
        form.kinds[name] = kind
        if kind == "radio":
            form.choices.setdefault(name, []).append(given.get("value", "on"))
        if kind == "file" or (kind in ("checkbox", "radio") and "checked" not in given):
            return
        form.values.append((name, given.get("value", "on" if kind in ("checkbox", "radio") else "")))


def _part(edge: str, name: str, value: Value) -> bytes:
    if isinstance(value, str):
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        return head.encode() + value.encode() + b"\r\n"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{value.name}"\r\n'
        f"Content-Type: {value.kind}\r\n\r\n"
    )
    return head.encode() + value.content + b"\r\n"

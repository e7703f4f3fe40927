"""Write a letter from a template: its first line is the subject, the rest the body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import translation

from lingkar.foundation.privacy.cipher import decrypt, encrypt


class Written(msgspec.Struct, frozen=True):
    """The words of a letter, as they are kept (encrypted) until it is sent."""

    subject: str
    text: str
    sender: str
    language: str


@dataclass(frozen=True)
class Line:
    """A line of the HTML form: a link stands alone on its line, everything else is text."""

    words: str

    @property
    def is_link(self) -> bool:
        return self.words.startswith(("https://", "http://")) and " " not in self.words


def write(template: str, context: Mapping[str, Any], *, sender: str, language: str) -> Written:
    """Fill ``template`` ("reports/mail/receipt.txt") in ``language``. It is plain text: nothing is escaped in it."""
    with translation.override(language):
        filled: Any = engines["django"].get_template(template)
        words = filled.template.render(Context(dict(context), autoescape=False))
        subject, _, body = words.strip().partition("\n")
        return plain(subject, body, sender=sender, language=language)


def plain(subject: str, body: str, *, sender: str, language: str) -> Written:
    """A letter of given words."""
    return Written(" ".join(subject.split()), f"{body.strip()}\n", sender, language)


def html_of(words: Written) -> str:
    """The HTML form, made from the same words, so that the two cannot differ."""
    parts = (part for part in words.text.split("\n\n") if part.strip())
    paragraphs = [[Line(line) for line in part.splitlines()] for part in parts]
    return render_to_string("notify/letter.html", {"paragraphs": paragraphs, "language": words.language})


def seal(words: Written) -> bytes:
    """The words as they are kept."""
    return encrypt(msgspec.json.encode(words).decode())


def unseal(kept: bytes | memoryview) -> Written:
    """The words again."""
    return msgspec.json.decode(decrypt(kept), type=Written)

"""How the blocks of a lesson are drawn: Markdown once for its words, files by their address, questions with reasons."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from lingkar.grow.courses import rules
from lingkar.grow.courses.queries import LessonSeen

MARKDOWN = MarkdownIt("js-default", {"linkify": False, "typographer": False}).disable(["image", "html_block"])
"""Raw HTML is shown as it was typed; links lead to addresses of the web, of mail, or of the page."""


@lru_cache(maxsize=2000)
def drawn(text: str) -> SafeString:
    """Markdown as HTML. A heading of a block stands below that of the page."""
    html: str = MARKDOWN.render(text)
    return mark_safe(html.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))  # noqa: S308  (Markdown escapes it)


@dataclass(frozen=True)
class Choice:
    """One choice of a check question: what is read when it was chosen."""

    value: int
    words: str
    why: str
    is_right: bool
    is_chosen: bool


@dataclass(frozen=True)
class Drawn:
    """A block as the page shows it."""

    id: str
    kind: str
    is_done: bool
    html: str = ""
    title: str = ""
    src: str = ""
    words: str = ""
    size: str = ""
    choices: tuple[Choice, ...] = ()


def blocks_drawn(lesson: LessonSeen) -> list[Drawn]:
    """Every block of a lesson, in order."""
    return [_drawn(lesson, block) for block in lesson.blocks]


def _drawn(lesson: LessonSeen, block: rules.Block) -> Drawn:
    done = block.id in lesson.done
    if isinstance(block, rules.Text):
        return Drawn(block.id, "text", done, html=drawn(block.text))
    if isinstance(block, rules.Check):
        choices = _choices(block, lesson.chosen.get(block.id))
        return Drawn(block.id, "check", done, title=block.question, choices=choices)
    shown: dict[str, Any] = {"src": _address(lesson, block.file), "size": _size(lesson, block.file)}
    if isinstance(block, rules.Picture):
        return Drawn(block.id, "image", done, title=block.alt, words=block.caption, **shown)
    if isinstance(block, rules.Download):
        return Drawn(block.id, "file", done, title=block.title, **shown)
    kind = "audio" if isinstance(block, rules.Audio) else "video"
    return Drawn(block.id, kind, done, title=block.title, words=block.transcript, **shown)


def _choices(block: rules.Check, chosen: int | None) -> tuple[Choice, ...]:
    return tuple(
        Choice(place, option.text, option.why, option.is_right, place == chosen)
        for place, option in enumerate(block.options)
    )


def _address(lesson: LessonSeen, name: str) -> str:
    found = lesson.files.get(name)
    return reverse("courses:material", args=[found.id]) if found else ""


def _size(lesson: LessonSeen, name: str) -> str:
    found = lesson.files.get(name)
    return str(filesizeformat(found.size)) if found else ""

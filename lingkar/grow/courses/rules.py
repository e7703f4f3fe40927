"""What a lesson is made of, how it is written, and what is missing before people may learn from it. Pure."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from lingkar.foundation.refusals import Refused

MOST_BLOCKS = 60
MOST_LESSONS = 60
LONGEST_LESSON = 60
"""Minutes. What takes longer is several lessons."""
LONGEST_TEXT = 20_000
OPTIONS = range(2, 7)
ID_LENGTH = 8


class _Block(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str = ""
    """Names the block in what learners did; follows from its words, so that it survives a move within the lesson."""


class Text(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="text"):
    """Words in Markdown."""

    text: str


class Picture(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="image"):
    """A picture by the name of its file, and what it shows to somebody who does not see it."""

    file: str
    alt: str
    caption: str = ""


class Audio(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="audio"):
    """Something to listen to, with its words for who cannot."""

    file: str
    title: str
    transcript: str


class Video(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="video"):
    """Something to watch, with its words for who cannot hear it, or has no data to spare."""

    file: str
    title: str
    transcript: str


class Download(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="file"):
    """A file to take along."""

    file: str
    title: str


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One choice, and what its chooser is told about it."""

    text: str
    why: str
    is_right: bool = False


class Check(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="check"):
    """A question that is answered at once, with a reason for each choice."""

    question: str
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """Which option is right."""
        return next(place for place, option in enumerate(self.options) if option.is_right)


Block: TypeAlias = Text | Picture | Audio | Video | Download | Check
WITH_FILE = (Picture, Audio, Video, Download)


def blocks_of(data: Any) -> tuple[Block, ...]:
    """The blocks of a stored or sent lesson. ``Refused("courses.not_blocks")`` for anything else."""
    try:
        return msgspec.convert(data, tuple[Block, ...])
    except msgspec.ValidationError as fault:
        raise Refused("courses.not_blocks", why=str(fault)) from None


def stored(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as they are kept, each with its id."""
    rows: list[dict[str, Any]] = msgspec.to_builtins(list(named(blocks)))
    return rows


def named(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each block with an id of its own: what it has, or one that follows from its words."""
    taken: set[str] = set()
    for block in blocks:
        wanted = block.id or _id_of(block)
        turn, free = 1, wanted
        while free in taken:
            turn, free = turn + 1, f"{wanted}-{turn}"
        taken.add(free)
        yield msgspec.structs.replace(block, id=free)


def _id_of(block: Block) -> str:
    words = block.question if isinstance(block, Check) else block.text if isinstance(block, Text) else block.file
    return hashlib.sha256(f"{type(block).__name__}:{words}".encode()).hexdigest()[:ID_LENGTH]


def check_lesson(title: str, minutes: int, blocks: Sequence[Block]) -> None:
    """Refused (``courses.*``) when a lesson has no words, is too long, or asks something that has no answer."""
    if not title.strip():
        raise Refused("courses.no_title")
    if not 1 <= minutes <= LONGEST_LESSON:
        raise Refused("courses.minutes", most=LONGEST_LESSON)
    if not blocks:
        raise Refused("courses.empty_lesson")
    if len(blocks) > MOST_BLOCKS:
        raise Refused("courses.too_many_blocks", most=MOST_BLOCKS)
    for block in blocks:
        _check_block(block)


def _check_block(block: Block) -> None:
    if isinstance(block, Check):
        check_question(block)
    elif isinstance(block, Text) and len(block.text) > LONGEST_TEXT:
        raise Refused("courses.text_too_long", most=LONGEST_TEXT)
    elif isinstance(block, Picture) and not block.alt.strip():
        raise Refused("courses.no_alt", file=block.file)


def check_question(block: Check) -> None:
    """Refused unless a question has two to six choices, each explained, and exactly one is right."""
    if not block.question.strip():
        raise Refused("courses.no_question")
    if len(block.options) not in OPTIONS:
        raise Refused("courses.options", question=block.question, least=OPTIONS[0], most=OPTIONS[-1])
    if sum(option.is_right for option in block.options) != 1:
        raise Refused("courses.one_right", question=block.question)
    if not all(option.text.strip() and option.why.strip() for option in block.options):
        raise Refused("courses.unexplained", question=block.question)


def files_of(blocks: Iterable[Block]) -> set[str]:
    """Names of the files that a lesson shows."""
    return {block.file for block in blocks if isinstance(block, WITH_FILE)}


def check_files(blocks: Iterable[Block], known: Iterable[str]) -> None:
    """Refused when a lesson shows a file that the course does not have."""
    missing = sorted(files_of(blocks) - set(known))
    if missing:
        raise Refused("courses.files_missing", files=", ".join(missing))


def check_publishable(lessons: Iterable[Sequence[Block]]) -> None:
    """Refused for a course without lessons, or whose lessons ask nothing: nobody would know what they learned."""
    found = list(lessons)
    if not found:
        raise Refused("courses.no_lessons")
    if not any(isinstance(block, Check) for blocks in found for block in blocks):
        raise Refused("courses.nothing_asked")


@dataclass(frozen=True)
class Done:
    """What of a lesson somebody has: the ids that are done, and whether that is all of it."""

    blocks: frozenset[str]
    is_whole: bool


def done_of(blocks: Sequence[Block], done: Iterable[str]) -> Done:
    """Which blocks of a lesson are done. Ids that the lesson does not have (any more) do not count."""
    ids = frozenset(block.id for block in blocks)
    has = ids & set(done)
    return Done(has, is_whole=has == ids)


def is_right(blocks: Sequence[Block], block: str, choice: int) -> bool | None:
    """Whether a choice is right; None when the lesson asks no such question, or offers no such choice."""
    for found in blocks:
        if isinstance(found, Check) and found.id == block:
            return found.options[choice].is_right if 0 <= choice < len(found.options) else None
    return None


DIRECTIVE = re.compile(r"^::(gambar|audio|video|berkas)\s+(.*)$")
QUESTION = re.compile(r"^\?\?\s*(.*)$")
CHOICE = re.compile(r"^\(([xX ])\)\s*(.*)$")
PARTS = {"gambar": (2, 3), "audio": (3, 3), "video": (3, 3), "berkas": (2, 2)}


def written(text: str) -> tuple[Block, ...]:
    """The blocks of a lesson as its maker writes it: Markdown, with lines of our own between.

    ``## Heading`` begins a new part. ``::gambar name | what it shows | caption``, ``::audio name | title | words``,
    ``::video …``, ``::berkas name | title`` show a file. ``?? question`` asks; the lines below are its choices:
    ``( ) choice || why not`` and, once, ``(x) choice || why``.
    """
    return tuple(named(_read(text)))


def _read(text: str) -> Iterator[Block]:
    words: list[str] = []
    lines = text.replace("\r\n", "\n").split("\n")
    place = 0
    while place < len(lines):
        line = lines[place]
        shown, asked = DIRECTIVE.match(line), QUESTION.match(line)
        if shown or asked or line.startswith("## "):
            yield from _text(words)
        if asked:
            end = place + 1
            while end < len(lines) and (CHOICE.match(lines[end]) or not lines[end].strip()):
                end += 1
            yield Check(question=asked[1].strip(), options=tuple(_options(lines[place + 1 : end])))
            place = end
            continue
        if shown:
            yield _shown(shown[1], shown[2])
        else:
            words.append(line)
        place += 1
    yield from _text(words)


def _text(words: list[str]) -> Iterator[Text]:
    """What was written since the last block; the list is emptied."""
    text = "\n".join(words).strip()
    words.clear()
    if text:
        yield Text(text=text)


def _options(lines: Iterable[str]) -> Iterator[Option]:
    for line in lines:
        match = CHOICE.match(line)
        if match:
            text, _, why = match[2].partition("||")
            yield Option(text=text.strip(), why=why.strip(), is_right=match[1] in "xX")


def _shown(kind: str, rest: str) -> Block:
    parts = [part.strip() for part in rest.split("|", 2)]
    least, most = PARTS[kind]
    if not least <= len(parts) <= most or not all(parts[:least]):
        raise Refused("courses.line_unreadable", line=f"::{kind} {rest}"[:80])
    if kind == "gambar":
        return Picture(file=parts[0], alt=parts[1], caption="".join(parts[2:]))
    if kind == "berkas":
        return Download(file=parts[0], title=parts[1])
    made: Block = (Audio if kind == "audio" else Video)(file=parts[0], title=parts[1], transcript=parts[2])
    return made


def source_of(blocks: Iterable[Block]) -> str:
    """A lesson as its maker writes it; ``written`` reads it back."""
    return "\n\n".join(_source(block) for block in blocks)


def _source(block: Block) -> str:
    if isinstance(block, Text):
        return block.text
    if isinstance(block, Check):
        choices = (f"({'x' if o.is_right else ' '}) {o.text} || {o.why}" for o in block.options)
        return "\n".join([f"?? {block.question}", *choices])
    if isinstance(block, Picture):
        return " | ".join(filter(None, [f"::gambar {block.file}", block.alt, block.caption]))
    if isinstance(block, Download):
        return f"::berkas {block.file} | {block.title}"
    kind = "audio" if isinstance(block, Audio) else "video"
    return f"::{kind} {block.file} | {block.title} | {block.transcript}"


def file_name(name: str) -> str:
    """A name under which lessons show a file: the last part of what was sent, small letters, no spaces, no bars."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", name.replace("\\", "/").rpartition("/")[2].lower()).strip("-.")
    if not plain:
        raise Refused("courses.no_file_name")
    return plain[-80:]

"""The catalogues of every module: gathered from its sources, checked, compiled. English is the language of the msgids.

Each module keeps its own ``locale/id/LC_MESSAGES/django.po``. Nothing here needs GNU gettext on the machine.
"""

import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.apps import apps
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LANGUAGE = "id"
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
HEADER = {
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True)
class Message:
    """A text of the sources: its English, its plural and its context (both may be empty)."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(frozen=True)
class Module:
    """A Django app of the house with the folder that holds its texts."""

    name: str
    folder: Path

    @property
    def catalogue(self) -> Path:
        return self.folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def modules(package: Path) -> list[Module]:
    """Every app of the house."""
    found = (Module(app.name, Path(app.path)) for app in apps.get_app_configs())
    return sorted((m for m in found if m.folder.is_relative_to(package)), key=lambda module: module.name)


def gather(module: Module, others: list[Module]) -> dict[Message, set[str]]:
    """The messages of a module's own sources, with the files that hold them; apps nested in it keep their own."""
    nested = [m.folder for m in others if m.folder != module.folder and m.folder.is_relative_to(module.folder)]
    found: dict[Message, set[str]] = {}
    for path in sorted((*module.folder.rglob("*.py"), *module.folder.rglob("*.html"), *module.folder.rglob("*.txt"))):
        inside = path.relative_to(module.folder)
        if {"tests", "migrations"} & set(inside.parts) or any(path.is_relative_to(folder) for folder in nested):
            continue
        for message in _messages(path):
            found.setdefault(message, set()).add(inside.as_posix())
    return found


def _messages(path: Path) -> Iterator[Message]:
    from babel.messages.extract import extract

    source = path.read_text()
    if path.suffix != ".py":  # a template becomes the Python calls that it stands for
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    for _, text, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        words = text if isinstance(text, tuple) else (text,)
        yield Message(words[0], words[1] if len(words) > 1 else "", context or "")


def update(package: Path, only: Collection[str] = ()) -> Counter[str]:
    """Bring every catalogue to its sources: new messages are added empty, those no longer used are dropped."""
    said: Counter[str] = Counter()
    every = modules(package)
    for module in _chosen(every, only):
        found = gather(module, every)
        if found or module.catalogue.exists():
            said += _write(module, found)
    return said


def _write(module: Module, found: dict[Message, set[str]]) -> Counter[str]:
    old = {_key(entry): entry for entry in _entries(module)}
    catalogue = polib.POFile(wrapwidth=120)
    catalogue.metadata = dict(HEADER)
    for message, files in sorted(found.items(), key=lambda item: (min(item[1]), item[0].text)):
        entry = old.get(message) or _empty(message)
        entry.occurrences = [(file, "") for file in sorted(files)]
        entry.obsolete = False
        catalogue.append(entry)
    module.catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(module.catalogue))
    return Counter(added=len(found.keys() - old.keys()), dropped=len(old.keys() - found.keys()))


def _empty(message: Message) -> polib.POEntry:
    plural = {"msgid_plural": message.plural, "msgstr_plural": {0: ""}} if message.plural else {}
    return polib.POEntry(msgid=message.text, msgctxt=message.context or None, **plural)


def _entries(module: Module) -> list[polib.POEntry]:
    return list(polib.pofile(str(module.catalogue))) if module.catalogue.exists() else []


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def _chosen(every: list[Module], only: Collection[str]) -> list[Module]:
    return [module for module in every if not only or module.name in only]


def faults(package: Path, only: Collection[str] = ()) -> list[str]:
    """What is wrong with the catalogues: a message missing, untranslated, unused, or with other placeholders."""
    every = modules(package)
    chosen = _chosen(every, only)
    found = [f"{module.name}: {fault}" for module in chosen for fault in _faults(module, gather(module, every))]
    return found + list(_disputed(every))


def _disputed(every: list[Module]) -> Iterator[str]:
    """Messages that two modules translate in two ways: Django joins all catalogues, and one of them would be lost."""
    told: dict[Message, dict[str, list[str]]] = {}
    for module in every:
        for entry in _entries(module):
            if not entry.obsolete and entry.translated():
                words = entry.msgstr or " / ".join(entry.msgstr_plural.values())
                told.setdefault(_key(entry), {}).setdefault(words, []).append(module.name)
    for message, ways in told.items():
        if len(ways) > 1:
            both = ", ".join(f"{words!r} in {' and '.join(modules)}" for words, modules in ways.items())
            yield f"translated in two ways, give it a context: {message.text!r}: {both}"


def _faults(module: Module, found: dict[Message, set[str]]) -> Iterator[str]:
    entries = {_key(entry): entry for entry in _entries(module) if not entry.obsolete}
    for message in sorted(found.keys() - entries.keys(), key=lambda m: m.text):
        yield f"not in the catalogue: {message.text!r} ({', '.join(sorted(found[message]))})"
    for message, entry in entries.items():
        if message not in found:
            yield f"used nowhere: {message.text!r}"
        elif entry.fuzzy or not entry.translated():
            yield f"not translated: {message.text!r}"
        elif not all(_same_places(message, told) for told in (entry.msgstr_plural or {0: entry.msgstr}).values()):
            yield f"other placeholders in the translation of {message.text!r}"


def _same_places(message: Message, told: str) -> bool:
    """Whether a translation fills the placeholders of its message, and no others. Of two forms the plural has them all:
    Indonesian has one form, and one that leaves the number out would say "one" of many."""
    return set(PLACEHOLDER.findall(told)) == {*PLACEHOLDER.findall(message.plural or message.text)}


def compile_all(package: Path) -> int:
    """Write the ``.mo`` beside every ``.po`` that is newer; returns how many."""
    done = 0
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or source.stat().st_mtime >= target.stat().st_mtime:
            draft = target.with_suffix(".new")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)
            done += 1
    return done

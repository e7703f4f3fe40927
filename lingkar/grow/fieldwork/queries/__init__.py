"""Logbooks, cases and pictures of communities, each for a viewer."""

from lingkar.grow.fieldwork.queries.inbox import EntrySeen, Waiting, entry_seen_by, photo_seen_by, waiting_for, waits
from lingkar.grow.fieldwork.queries.logbook import (
    SHOWN,
    EntryLine,
    Notebook,
    entries_of,
    notebook_of,
    notebooks,
    saved_entry,
    summary_of,
)
from lingkar.grow.fieldwork.queries.places import (
    PictureLine,
    cases,
    counted,
    counts_for_pictures,
    keys_offered,
    offered_to,
    picture,
    picture_of,
    pictures,
    pictures_for,
)
from lingkar.grow.fieldwork.rules import Figure, Side

__all__ = (
    "SHOWN",
    "EntryLine",
    "EntrySeen",
    "Figure",
    "Notebook",
    "PictureLine",
    "Side",
    "Waiting",
    "cases",
    "counted",
    "counts_for_pictures",
    "entries_of",
    "entry_seen_by",
    "keys_offered",
    "notebook_of",
    "notebooks",
    "offered_to",
    "photo_seen_by",
    "picture",
    "picture_of",
    "pictures",
    "pictures_for",
    "saved_entry",
    "summary_of",
    "waiting_for",
    "waits",
)

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
from lingkar.grow.fieldwork.queries.places import PictureLine, cases, keys_offered, offered_to, picture, pictures

__all__ = (
    "SHOWN",
    "EntryLine",
    "EntrySeen",
    "Notebook",
    "PictureLine",
    "Waiting",
    "cases",
    "entries_of",
    "entry_seen_by",
    "keys_offered",
    "notebook_of",
    "notebooks",
    "offered_to",
    "photo_seen_by",
    "picture",
    "pictures",
    "saved_entry",
    "summary_of",
    "waiting_for",
    "waits",
)

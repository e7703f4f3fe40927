"""Patterns are looked for where something of them is there: half of what the words and spellings of a name cost.

What the functions answer is the same, so nothing that is stored is computed anew. ``lingkar_plain`` is no longer
``STRICT``, which kept it from being written out where it is used; of nothing it still makes nothing.
"""

import string
from importlib import import_module

from django.db import migrations

first = import_module("lingkar.foundation.search.migrations.0001_functions")
before = import_module("lingkar.foundation.search.migrations.0002_plain_ascii")
OTHER = "'[^a-z0-9]+', ' ', 'g'"


def plain(value: str) -> str:
    """The expression of lower case, no accents, words parted by one space."""
    accents = f"translate(normalize({value}, NFKC), '{first.APART}{first.SILENT}', '{first.TOGETHER}')"
    letters = f"""lower(translate({value}, '''`', '') COLLATE "C")"""
    return f"""btrim(CASE
        WHEN octet_length({value}) <> length({value}) THEN regexp_replace(lower({accents} COLLATE "C"), {OTHER})
        WHEN {letters} ~ '[^a-z0-9 ]|  ' THEN regexp_replace({letters}, {OTHER})
        ELSE {letters}
    END)"""


def folded(value: str) -> str:
    """The expression of plain words with the spellings of today."""
    body = f"{value} || ' '"
    for old, new in first.FOLDS:
        body = f"replace({body}, '{old}', '{new}')"
    return f"translate({body}, '{first.LETTERS[0]}', '{first.LETTERS[1]}')"


def single(value: str) -> str:
    """The expression of words without a letter twice in a row; of what stands three times some is left."""
    for letter in string.ascii_lowercase:
        value = f"replace({value}, '{letter * 2}', '{letter}')"
    return value


PLAIN = first.PLAIN.replace(first.plain("value"), plain("value")).replace("IMMUTABLE STRICT", "IMMUTABLE")
HEARD = f"""folded CONSTANT text := {folded("written")};
    heard CONSTANT text := btrim(replace(
        CASE {single("folded")} WHEN folded THEN folded ELSE regexp_replace(folded, '([a-z])\\1+', '\\1', 'g') END,
        'h ', ' '));"""
SPELLINGS = (
    first.SPELLINGS.replace(first.plain("value"), plain("value"))
    .replace(f"heard CONSTANT text := {first.fold('written')};", HEARD)
    .replace("(left(word, spot - 1) || substr(word, spot + 1))", "overlay(word PLACING '' FROM spot FOR 1)")
)


def anew(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = (("search", "0002_plain_ascii"),)
    operations = (
        migrations.RunSQL(anew(PLAIN), before.anew(first.PLAIN)),
        migrations.RunSQL(anew(SPELLINGS), before.anew(first.SPELLINGS)),
    )

"""Columns with which a module makes its rows findable: computed by the database, so no writer can forget them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import Func, GeneratedField, TextField, Value
from django.db.models.functions import Concat

STEMMED, AS_WRITTEN = "indonesian", "simple"


class Plain(Func):
    """Lower case, no accents, words parted by one space."""

    function = "lingkar_plain"
    output_field = TextField()


class Spellings(Func):
    """Every word of a name, as written and as it sounds, each also without one letter."""

    function = "lingkar_spellings"
    output_field: Any = ArrayField(TextField())


def spellings_of(*fields: str) -> Spellings:
    """The spellings of some fields, for an index instead of a column: ``GinIndex(spellings_of("name"), name=…)``.

    Right for small rows that are read often with others (units): nothing more is read with them. ``named`` then takes
    ``rows.alias(spellings=spellings_of("name"), words=words_of("name", config=AS_WRITTEN))``.
    """
    return Spellings(_joined(fields))


def words_of(*fields: str, config: str = STEMMED) -> SearchVector:
    """The words of some fields, for an index instead of a column."""
    return SearchVector(Plain(_joined(fields)), config=config)


def spellings_column(*fields: str) -> Any:
    """A column for names that are found with a slip in each word: ``spellings = spellings_column("name")``.

    Index it: ``GinIndex(fields=("spellings",), name=…)``. Costs about 60 µs for each row written.
    """
    return GeneratedField(expression=spellings_of(*fields), output_field=Spellings.output_field, db_persist=True)


def words_column(*fields: str, config: str = STEMMED) -> Any:
    """A column for whole words; ``config=AS_WRITTEN`` for names, which have no stems. Index it with ``GinIndex``."""
    vector = words_of(*fields, config=config)
    return GeneratedField(expression=vector, output_field=SearchVectorField(), db_persist=True)


def _joined(fields: tuple[str, ...]) -> Any:
    if len(fields) == 1:
        return fields[0]
    parts = [part for field in fields for part in (Value(" "), field)]
    return Concat(*parts[1:], output_field=TextField())

"""Several small questions as one statement: what a page asks of a module, without a way to the database for each.

    rows = together(
        part("due", Step.objects.filter(...), title="title", on="due"),
        part("waiting", Review.objects.filter(...)[:20], at="moved_at"),
    )
    for name, told in rows: ...

Each row says which question it answers, and a dictionary of what was asked for; days and moments come in ISO form. The
rows of a question come in its order. It is a query set, to be ``@prepared``.
"""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject


def part(name: str, rows: "QuerySet[Any, Any]", **columns: Any) -> "QuerySet[Any, tuple[str, dict[str, Any]]]":
    """One of the questions; ``columns`` are expressions or names of columns."""
    # Columns of their own names: a model may have a column "name".
    told = rows.select_related(None).annotate(part_=Value(name), told_=JSONObject(**columns))
    found: QuerySet[Any, tuple[str, dict[str, Any]]] = told.values_list("part_", "told_")
    return found


def together(
    first: "QuerySet[Any, tuple[str, dict[str, Any]]]", *others: "QuerySet[Any, tuple[str, dict[str, Any]]]"
) -> "QuerySet[Any, tuple[str, dict[str, Any]]]":
    """The answers of all, one question after the other."""
    found: QuerySet[Any, tuple[str, dict[str, Any]]] = first.union(*others, all=True)
    return found


class HowMany(Subquery):
    """How many rows a sliced query has, as a column: the database stops counting at the end of the slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

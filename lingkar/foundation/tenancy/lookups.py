"""``nip__one_of=[…]``: one of many values, which travel as one parameter.

``in`` writes a parameter for each value. Five thousand of them cost more to write down and to parse than to look up.
"""

from typing import Any

from django.db.models import Field, Lookup


@Field.register_lookup
class OneOf(Lookup):
    """The column is one of these values, given as its Python type has them; none of them is ``None``."""

    lookup_name = "one_of"
    prepare_rhs = False

    def get_prep_lookup(self) -> list[Any]:
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*given, self.rhs]

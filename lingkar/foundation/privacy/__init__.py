"""Declaration of personal data: which fields of a model tell something about a person, and how they are forgotten.

Every model has ``PERSONAL``; an empty one says "nothing personal here". ``tests/house`` fails on a model without it.
"""

from enum import StrEnum
from typing import TypeAlias


class Erase(StrEnum):
    """What happens to a personal field when the person is erased."""

    BLANK = "blank"  # emptied; the row stays
    DELETE = "delete"  # the whole row goes
    KEEP = "keep"  # kept for a legal reason that the module's README names


Personal: TypeAlias = dict[str, Erase]
"""Field name → what erasure does to it. Every field named here is part of "export my data"."""

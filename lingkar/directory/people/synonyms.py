"""First names that are shortened in writing."""

from lingkar.foundation.search.registry import register_synonyms

register_synonyms(
    "people",
    """
muhammad, moh, muh, mohammad, mohamad, mochammad, mochamad, mhd
abdul, abd
siti, st
nur, noer
i gusti, igst
""",
)

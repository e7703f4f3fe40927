"""The catalogues of all modules as one.

Django keeps the words of each module apart, although they count alike, because it compares a function with its code
(``TranslationCatalog.update``): a word is looked for in forty catalogues. Putting them together changes no word.
"""

from typing import Any

from django.utils.translation import trans_real


def words_together(language: str) -> None:
    """Put catalogues next to each other together that count alike; what stood first is still found first."""
    catalogue: Any = trans_real.translation(language)._catalog  # type: ignore[attr-defined]  # not in the stubs
    words: list[dict[Any, str]] = []
    counts: list[Any] = []
    for own, count in zip(catalogue._catalogs, catalogue._plurals, strict=True):
        if counts and counts[-1].__code__ == count.__code__:
            words[-1] = own | words[-1]
        else:
            words.append(own)
            counts.append(count)
    catalogue._catalogs, catalogue._plurals = words, counts

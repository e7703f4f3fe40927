"""Words put together are the same words."""

from typing import Any

import pytest
from django.utils.translation import trans_real

from lingkar.foundation.ui.catalogue import words_together


@pytest.fixture(params=["id", "en"])
def language(request, monkeypatch):
    """A language whose catalogues are read anew, and put back afterwards."""
    monkeypatch.setattr(trans_real, "_translations", {})
    return request.param


def test_every_word_is_still_found_and_counted(language):
    catalogue: Any = vars(trans_real.translation(language))["_catalog"]
    keys = list(catalogue.keys())
    found = {key: catalogue[key] for key in keys}
    plurals = [key[0] for key in found if isinstance(key, tuple)]
    counted = {(word, n): _counted(catalogue, word, n) for word in plurals for n in (0, 1, 2, 5, 21)}
    before = len(catalogue._catalogs)
    words_together(language)
    assert {key: catalogue[key] for key in keys} == found
    assert {(word, n): _counted(catalogue, word, n) for word, n in counted} == counted
    assert len(catalogue._catalogs) <= 3 < before


def _counted(catalogue, word, n):
    try:
        return catalogue.plural(word, n)
    except KeyError:
        return None

"""Which phrases can mean the same. Pure."""

from collections.abc import Collection, Iterable

from lingkar.foundation.refusals import Refused
from lingkar.foundation.search.rules import plain

MOST_PHRASES, LONGEST_PHRASE, MOST_WORDS, SHORTEST_PHRASE = 12, 60, 5, 2
MOST_GROUPS = 300
"""A list that somebody can still read, and that each question can be compared with."""


def tidy(lines: Iterable[str]) -> list[str]:
    """Phrases as the search compares them, once each, as they were given; refused when they make no group."""
    phrases = list(dict.fromkeys(filter(None, map(plain, lines))))
    if len(phrases) < 2:
        raise Refused("synonyms.two_needed")
    if len(phrases) > MOST_PHRASES:
        raise Refused("synonyms.too_many_phrases", most=MOST_PHRASES)
    for phrase in phrases:
        if not SHORTEST_PHRASE <= len(phrase) <= LONGEST_PHRASE or phrase.count(" ") >= MOST_WORDS:
            raise Refused("synonyms.odd_length", phrase=phrase[:LONGEST_PHRASE], words=MOST_WORDS, most=LONGEST_PHRASE)
    return phrases


def check_new(phrases: Collection[str], others: Collection[Collection[str]]) -> None:
    """Refuse a phrase that stands in another group, and a group more than can be read."""
    for other in others:
        if taken := next((phrase for phrase in phrases if phrase in other), None):
            raise Refused("synonyms.taken", phrase=taken, group=", ".join(other))
    if len(others) >= MOST_GROUPS:
        raise Refused("synonyms.too_many_groups", most=MOST_GROUPS)

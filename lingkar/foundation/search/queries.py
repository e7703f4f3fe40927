"""Find rows by a name that may be misspelt, or by words of a text. What may be seen is decided before: ``rows``."""

import re
from collections.abc import Iterable
from functools import reduce
from html import escape
from operator import add, and_, or_
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Case, Exists, F, FloatField, Q, QuerySet, Value, When
from django.utils.safestring import SafeString, mark_safe

from lingkar.foundation.search.columns import AS_WRITTEN, STEMMED, Spellings
from lingkar.foundation.search.registry import known
from lingkar.foundation.search.rules import Asked, Term, ask, least, tsquery, whole

EXACT, BEGINS, NEAR = 1.0, 0.8, 0.5
"""How close a word of a name is: as typed, as begun, with another letter."""


def asked(text: str) -> Asked:
    """What somebody looks for, with what means the same here: shipped, and said by the agency in scope."""
    return ask(text, known() if text.strip() else ())


def named(
    rows: Any, asked: Asked, *, spellings: str = "spellings", words: str = "words", shortest: str = "name"
) -> Any:
    """Rows whose name has the words that were asked for, closest first, as ``closeness``; slice it.

    A word may be begun only, lack, add or change one letter, swap two neighbours, or be written as it sounds. When no
    row has all words, rows with most of them. ``spellings`` and ``words`` are the columns made by ``columns``.
    """
    terms = asked.name.terms
    if not terms:
        return rows.none()
    found = [_any_form(term, spellings, words) for term in terms]
    close = rows.annotate(closeness=reduce(add, (_closeness(term, spellings, words) for term in terms)))
    strict = close.filter(reduce(and_, found))
    if len(terms) == 1:
        return strict.order_by("-closeness", shortest)
    scores = [Case(When(form, then=Value(1)), default=Value(0)) for form in found]
    most = close.filter(reduce(or_, found)).annotate(hits=reduce(add, scores)).filter(hits__gte=least(len(terms)))
    none_has_all = ~Exists(rows.filter(reduce(and_, found)))
    both = strict.annotate(hits=Value(len(terms))).union(most.filter(none_has_all), all=True)
    return both.order_by("-hits", "-closeness", shortest)


def _any_form(term: Term, spellings: str, words: str) -> Q:
    begun = SearchQuery(tsquery(term, begins=True), config=AS_WRITTEN, search_type="raw")
    return Q(**{words: begun}) | Q(**{f"{spellings}__overlap": Spellings(Value(term.phrase))})


def _closeness(term: Term, spellings: str, words: str) -> Case:
    def says(begins: bool) -> SearchQuery:
        return SearchQuery(tsquery(term, begins=begins), config=AS_WRITTEN, search_type="raw")

    return Case(
        When(**{words: says(False)}, then=Value(EXACT)),
        When(**{words: says(True)}, then=Value(BEGINS)),
        When(**{f"{spellings}__overlap": Spellings(Value(term.phrase))}, then=Value(NEAR)),
        default=Value(0.0),
        output_field=FloatField(),
    )


def near(asked: Asked, *, spellings: str = "spellings") -> Q:
    """Rows in whose spellings every word that was asked for stands, a slip in each forgiven."""
    forms = (Q(**{f"{spellings}__overlap": Spellings(Value(term.phrase))}) for term in asked.terms)
    return reduce(and_, forms, Q()) if asked else Q(pk__in=[])


def told(asked: Asked, *, all_of: bool = True, begins: bool = False, config: str = STEMMED) -> SearchQuery:
    """The question for a column of words: ``filter(words=told(asked))``. Words are compared by their stems."""
    return SearchQuery(whole(asked.terms, all_of=all_of, begins=begins), config=config, search_type="raw")


def ranked(rows: Any, asked: Asked, *, words: str = "words") -> Any:
    """Rows that tell of everything that was asked for, best first, as ``rank``."""
    if not asked:
        return rows.none()
    question = told(asked)
    return rows.filter(**{words: question}).annotate(rank=SearchRank(F(words), question)).order_by("-rank")


OPENS, CLOSES = "\ue000", "\ue001"
"""Signs of no language: they stand around a found word until the text is escaped."""


FOUND = re.compile(f"{OPENS}([^{OPENS}{CLOSES}]*){CLOSES}")
SIGNS = str.maketrans("", "", OPENS + CLOSES)


def excerpt(field: str, asked: Asked, *, longest: int = 30) -> SearchHeadline:
    """Annotate a row with the part of ``field`` that answers the question; show it with ``marked``."""
    return SearchHeadline(
        field,
        told(asked, all_of=False),
        config=STEMMED,
        start_sel=OPENS,
        stop_sel=CLOSES,
        max_words=longest,
        min_words=longest // 2,
        max_fragments=2,
        fragment_delimiter=" … ",
    )


def marked(text: str, *, of: str = "") -> SafeString:
    """An excerpt as HTML: the words of people are escaped, the found ones stand in ``<mark>``.

    ``of`` is the whole text: where the excerpt begins or stops within it, it says so with "…".
    """
    if of:
        part, everything = _bare(text), _bare(of)
        before, after = not everything.startswith(part[:EDGE]), not everything.endswith(part[-EDGE:])
        text = f"{'… ' if before else ''}{text.strip()}{' …' if after else ''}"
    safe = FOUND.sub(r"<mark>\1</mark>", escape(text))
    return mark_safe(safe.translate(SIGNS))  # noqa: S308  (escaped above; signs become whole tags or nothing)


EDGE = 40
"""Letters by which the edge of an excerpt is known again in its text: less than the shortest excerpt has."""


def _bare(text: str) -> str:
    return " ".join(text.translate(SIGNS).split())


def marked_name(name: str, asked: Asked) -> SafeString:
    """A name as HTML, with those words marked that begin as somebody typed."""
    begun = sorted({word for term in asked.terms for word in term.phrase.split()}, key=len, reverse=True)
    if not begun:
        return mark_safe(escape(name))  # noqa: S308
    pattern = re.compile(rf"\b({'|'.join(begun)})", re.IGNORECASE)
    return marked(pattern.sub(rf"{OPENS}\1{CLOSES}", name.translate(SIGNS)))


def first(rows: "Iterable[Any]", limit: int) -> tuple[list[Any], bool]:
    """The first ``limit`` rows, and whether there are more. One query."""
    found = list(rows[: limit + 1]) if isinstance(rows, QuerySet) else list(rows)
    return found[:limit], len(found) > limit

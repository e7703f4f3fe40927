"""Decisions about a report, pure: states, deadlines, routing, sealing. No clock, no database, no number of law."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from lingkar.foundation.refusals import Refused


class State(StrEnum):
    """Where a report stands. A state says whose turn it is; there is none for "later"."""

    RECEIVED = "received"  # waits for the unit's first look
    IN_PROGRESS = "in_progress"  # the unit works on it
    ANSWERED = "answered"  # closed with proof; the reporter's turn
    RATED = "rated"  # the reporter said what the answer was worth
    SILENT = "silent"  # the reporter said nothing in time: not satisfaction, silence
    REOPENED = "reopened"  # the reporter was not helped; the unit's turn again
    OUTSIDE = "outside"  # another agency must answer; the reporter was told which and how


class Move(StrEnum):
    """What can happen to a report."""

    ACCEPT = "accept"
    REFER = "refer"
    REPLY = "reply"
    CLOSE = "close"
    HAND_OVER = "hand_over"  # to another agency: "bukan kewenangan kami"
    RATE = "rate"
    REOPEN = "reopen"
    LAPSE = "lapse"  # the time for the reporter's word is over


S, M = State, Move

TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (S.RECEIVED, M.ACCEPT): S.IN_PROGRESS,
    (S.RECEIVED, M.REFER): S.RECEIVED,
    (S.RECEIVED, M.REPLY): S.IN_PROGRESS,
    (S.RECEIVED, M.HAND_OVER): S.OUTSIDE,
    (S.IN_PROGRESS, M.REFER): S.RECEIVED,
    (S.IN_PROGRESS, M.REPLY): S.IN_PROGRESS,
    (S.IN_PROGRESS, M.CLOSE): S.ANSWERED,
    (S.IN_PROGRESS, M.HAND_OVER): S.OUTSIDE,
    (S.ANSWERED, M.RATE): S.RATED,
    (S.ANSWERED, M.REOPEN): S.REOPENED,
    (S.ANSWERED, M.LAPSE): S.SILENT,
    (S.RATED, M.REOPEN): S.REOPENED,
    (S.SILENT, M.RATE): S.RATED,
    (S.SILENT, M.REOPEN): S.REOPENED,
    (S.REOPENED, M.ACCEPT): S.IN_PROGRESS,
    (S.REOPENED, M.REFER): S.RECEIVED,
    (S.REOPENED, M.REPLY): S.IN_PROGRESS,
    (S.REOPENED, M.HAND_OVER): S.OUTSIDE,
    (S.OUTSIDE, M.REOPEN): S.REOPENED,
}
"""The whole life of a report. A pair that is not here cannot happen."""

OPEN_STATES = frozenset({S.RECEIVED, S.IN_PROGRESS, S.REOPENED})
"""The unit's turn: these stand in the queue and their deadlines run."""

UNANSWERED_STATES = frozenset({S.RECEIVED, S.REOPENED})
"""Nobody of the unit has said a word yet, or not since it was reopened."""


def after(state: State, move: Move) -> State:
    """The state that ``move`` leads to. Raises ``Refused("reports.not_now")`` for a pair that is not in the table."""
    try:
        return TRANSITIONS[state, move]
    except KeyError:
        raise Refused("reports.not_now", state=state, move=move) from None


def moves_from(state: State) -> frozenset[Move]:
    """Every move that ``state`` allows."""
    return frozenset(move for origin, move in TRANSITIONS if origin == state)


# --- what a citizen may send -------------------------------------------------------------------------------------


def check_words(text: str, *, photos: int, longest: int) -> None:
    """A report needs words or a photo. ``longest`` counts characters."""
    if not text.strip() and not photos:
        raise Refused("reports.empty")
    if len(text) > longest:
        raise Refused("reports.too_long", length=len(text), longest=longest)


def check_photo_count(count: int, *, most: int) -> None:
    if count > most:
        raise Refused("reports.too_many_photos", most=most)


def check_where(*, has_place: bool, location: str, has_point: bool) -> None:
    """Somebody must be able to find it: a village, a described spot or a point on the map."""
    if not (has_place or location.strip() or has_point):
        raise Refused("reports.no_place")


# --- category, sealing, routing ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lexicon:
    """The words of one category that drive its proposal. ``is_sensitive`` makes a report sealed."""

    code: str
    is_sensitive: bool
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A proposed category, the share of all matching words that speak for it (0–1), and those words."""

    code: str
    share: Decimal
    words: tuple[str, ...]
    is_sensitive: bool


def propose(text: str, lexicons: Iterable[Lexicon]) -> list[Proposal]:
    """Categories whose words stand in ``text``, best first; none when no word is known.

    A phrase of n words counts n. A person decides; nothing waits for this.
    """
    padded = f" {_words(text)} "
    hits = []
    for lexicon in lexicons:
        found = tuple(term for term in lexicon.terms if _padded(term) in padded)
        if found:
            hits.append((lexicon, found, sum(len(term.split()) for term in found)))
    total = sum(weight for _, _, weight in hits)
    ranked = sorted(hits, key=lambda hit: (-hit[2], not hit[0].is_sensitive, hit[0].code))
    return [
        Proposal(lexicon.code, round(Decimal(weight) / total, 2), found, lexicon.is_sensitive)
        for lexicon, found, weight in ranked
    ]


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


@lru_cache(maxsize=4096)
def _padded(term: str) -> str:
    """A term between spaces: an agency's few hundred are compared with every text."""
    return f" {_words(term)} "


def tidy_terms(terms: Iterable[str]) -> list[str]:
    """Words as they are compared: lower case, no signs, each once, in the order given."""
    return list(dict.fromkeys(word for word in map(_words, terms) if word))


def must_seal(
    *, chosen_is_sensitive: bool, names_unit: bool = False, proposals: Iterable[Proposal], threshold: Decimal
) -> bool:
    """Sealed when the category is sensitive, when the words give a sensitive one at least ``threshold`` share, or when
    the reporter named the unit complained of: they were promised that it will not see the report.

    Errs towards sealing: an inspector can open a pothole in a minute, but nobody can unread a name.
    """
    return chosen_is_sensitive or names_unit or any(p.is_sensitive and p.share >= threshold for p in proposals)


@dataclass(frozen=True)
class UnitFact:
    """What routing needs to know of a unit."""

    path: str
    handles_sealed: bool


def is_within(path: str, top: str) -> bool:
    """Whether the unit at ``path`` is the one at ``top`` or below it."""
    return bool(top) and path.startswith(top)


def check_referral(*, sealed: bool, to: UnitFact, current: str, reported: str) -> None:
    """A sealed case stays with units that handle sealed cases; open or sealed, none reaches the unit complained of."""
    if to.path == current:
        raise Refused("reports.same_unit")
    if reported and is_within(to.path, reported):
        raise Refused("reports.unit_complained_of")
    if sealed and not to.handles_sealed:
        raise Refused("reports.sealed_stays")


def check_sealable(*, has_watchdog: bool) -> None:
    """Nothing is sealed where nobody but the unit complained of could open it."""
    if not has_watchdog:
        raise Refused("reports.no_watchdog")


def check_category(*, code: str, other: str, is_active: bool, is_sensitive: bool, has_unit: bool) -> None:
    """A category has a unit that answers; the one for all the rest (``other``) is always there, and open."""
    if not has_unit:
        raise Refused("reports.category_needs_unit")
    if code == other and (is_sensitive or not is_active):
        raise Refused("reports.category_of_the_rest")


def check_longer(*, before: date, after: date, reason: str) -> None:
    """A promise is made longer only with a reason that the reporter reads."""
    if after > before and not reason.strip():
        raise Refused("reports.longer_needs_reason", before=before, after=after)


def check_unseal(*, to: UnitFact, reported: str) -> None:
    """Even once opened, the case does not go to the unit complained of."""
    if reported and is_within(to.path, reported):
        raise Refused("reports.unit_complained_of")


def check_closing(*, text: str, proofs: int) -> None:
    """An answer says what was done and shows it."""
    if not text.strip():
        raise Refused("reports.no_answer")
    if not proofs:
        raise Refused("reports.no_proof")


def check_rating(rating: int) -> None:
    if not 1 <= rating <= 5:
        raise Refused("reports.bad_rating")


def check_reopening(*, today: date, until: date | None, reason: str) -> None:
    """A reporter may reopen until the promised date, and says what is still wrong."""
    if until is not None and today > until:
        raise Refused("reports.too_late_to_reopen", until=until)
    if not reason.strip():
        raise Refused("reports.no_reason")


def check_unchanged(*, seen: int, now: int) -> None:
    """Refuse an act that was decided on an older sight of the case."""
    if seen != now:
        raise Refused("reports.changed_meanwhile")


class RequestClass(StrEnum):
    """What a category asks for: each has a promise of its own, in working days (a parameter)."""

    COMPLAINT = "complaint"
    SUPERVISED = "supervised"  # "berkadar pengawasan": goes to the Inspektorat
    ASPIRATION = "aspiration"
    INFORMATION = "information"

"""Save answers: one small statement, committed by itself, with every check in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from lingkar.foundation.access import Actor, Unseen
from lingkar.grow.exams import rules
from lingkar.grow.exams.access import own_attempts
from lingkar.grow.exams.models import Answer, Attempt, UncountedAnswer, Why

SAVE = """
WITH held AS (
  SELECT id, questions, orders FROM exams_attempt
  WHERE id = %s AND agency_id = %s AND submitted_at IS NULL AND ends_at >= %s
  FOR KEY SHARE
)
INSERT INTO exams_answer AS known (attempt_id, number, agency_id, question_id, choice, seq, device, given_at, saved_at)
SELECT held.id, given.number, %s, held.questions[given.number],
       substr(held.orders[given.number], given.shown + 1, 1)::smallint, given.seq, %s, given.given_at, %s
FROM held, unnest(%s::smallint[], %s::smallint[], %s::int[], %s::timestamptz[]) AS given(number, shown, seq, given_at)
WHERE given.shown BETWEEN 0 AND length(held.orders[given.number]) - 1
ON CONFLICT (attempt_id, number) DO UPDATE
  SET choice = EXCLUDED.choice, seq = EXCLUDED.seq, device = EXCLUDED.device, given_at = EXCLUDED.given_at,
      saved_at = EXCLUDED.saved_at
  WHERE CASE WHEN known.device = EXCLUDED.device THEN known.seq < EXCLUDED.seq
             ELSE known.given_at <= EXCLUDED.given_at END
RETURNING number
"""
"""``FOR KEY SHARE`` waits for whoever hands the attempt in, and lets them wait: no answer is saved after the mark."""

MOST_SEQ = 2_000_000_000
MOST_ASIDE = 1000
"""Answers that are kept aside of one attempt: its token still opens this far when the time is over, and no further."""
AT_ONCE = timedelta(seconds=2)
"""Who sends an answer so soon did not wait: of two such devices the one that comes in later was asked later."""
LONGEST_WAIT = timedelta(minutes=rules.LONGEST_MINUTES)
"""No answer waits longer on a phone than a quiz takes; a clock that says so was put right meanwhile."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a phone gives it: place on the paper (from 1), the choice as shown (from 0), its turn.

    ``waited`` says for how long it lay on the phone: measured there, so that a wrong clock does no harm. ``at`` is what
    that clock says: kept, never used.
    """

    number: int
    shown: int
    seq: int
    at: datetime | None = None
    waited: timedelta = timedelta(0)

    def given_at(self, came_at: datetime) -> datetime:
        """When it was given, by the server's clock."""
        return came_at - min(self.waited, LONGEST_WAIT) if self.waited > AT_ONCE else came_at


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of answers: ``saved`` are committed. ``other`` tells, for those that are not, what stands instead.

    ``aside`` are kept and not marked: given before what stands, or, when it is ``over``, after the end.
    """

    saved: frozenset[int]
    other: dict[int, tuple[int, int]]
    aside: frozenset[int] = frozenset()
    over: bool = False


def save_answer(*, attempt: UUID, given: Sequence[Given], device: int = 0, by: Actor, at: datetime) -> Kept:
    """Save answers to questions of an attempt, each once. Of one ``device`` the later ``seq`` of a question counts; of
    two devices the answer that was given later, whichever comes in first. What does not count is kept aside.

    One statement that commits by itself: outside of a transaction ``saved`` is on disk when this returns. Whoever
    calls has made sure that the attempt is that of ``by`` (``web.tokens``). Two million rows have no line of audit
    each: the row is the record, and handing in is in the trail.
    """
    device = device if 0 <= device <= MOST_SEQ else 0
    last = {one.number: one for one in sorted(given, key=lambda one: one.seq) if _is_sane(one)}
    rows = list(last.values())
    numbers, shown, seqs = list(last), [one.shown for one in rows], [one.seq for one in rows]
    moments = [one.given_at(at) for one in rows]
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [attempt, by.agency, at, by.agency, device, at, numbers, shown, seqs, moments])
        saved = frozenset(number for (number,) in cursor.fetchall())
    if len(saved) == len(last):
        return Kept(saved, {})
    return _explained(attempt, [one for number, one in last.items() if number not in saved], saved, device, by, at)


def _is_sane(one: Given) -> bool:
    return 0 < one.number < 1000 and 0 <= one.shown < 10 and 0 < one.seq <= MOST_SEQ


def _explained(
    attempt: UUID, missed: Sequence[Given], saved: frozenset[int], device: int, by: Actor, at: datetime
) -> Kept:
    """Why answers were not saved: given already, overtaken by another device, too late, or to nothing."""
    row = own_attempts(by).filter(pk=attempt).first()
    if row is None:
        raise Unseen
    known = {n: (_place(row, n, choice), seq, device_of) for n, choice, seq, device_of in _answers(row)}
    over = row.submitted_at is not None or row.ends_at < at
    same = {one.number for one in missed if _stands(one, device, known.get(one.number), over=over)}
    rest = [one for one in missed if one.number not in same]
    aside = _keep_aside(row, rest, Why.LATE if over else Why.OVERTAKEN, device, by, at)
    other = {one.number: known.get(one.number, (-1, 0, 0))[:2] for one in rest}
    return Kept(saved | same, other, aside, over)


def _stands(one: Given, device: int, known: tuple[int, int, int] | None, *, over: bool) -> bool:
    """Whether an answer is the one that stands: told twice, or chosen alike on two devices."""
    return known is not None and (known == (one.shown, one.seq, device) or (not over and known[0] == one.shown))


def _answers(row: Attempt) -> "Sequence[tuple[int, int, int, int]]":
    return list(Answer.objects.filter(attempt=row).values_list("number", "choice", "seq", "device"))


def _place(row: Attempt, number: int, choice: int) -> int:
    """Where a choice stands as it is shown."""
    return row.orders[number - 1].index(str(choice))


def _keep_aside(row: Attempt, given: Sequence[Given], why: Why, device: int, by: Actor, at: datetime) -> frozenset[int]:
    """Keep what does not count, as far as it answers something."""
    room = MOST_ASIDE - UncountedAnswer.objects.filter(attempt=row).count()
    if room <= 0:
        return frozenset()
    fits = [
        one for one in given[:room] if one.number <= len(row.orders) and one.shown < len(row.orders[one.number - 1])
    ]
    UncountedAnswer.objects.bulk_create(
        (
            UncountedAnswer(
                agency_id=by.agency, attempt=row, number=one.number, why=why, device=device, seq=one.seq, came_at=at,
                told_at=one.at, choice=int(row.orders[one.number - 1][one.shown]),
            )
            for one in fits
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return frozenset(one.number for one in fits)

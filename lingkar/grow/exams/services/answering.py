"""Save answers: one small statement, committed by itself, with every check in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from lingkar.foundation.access import Actor, Unseen
from lingkar.grow.exams.access import own_attempts
from lingkar.grow.exams.models import Answer, Attempt, LateAnswer

SAVE = """
WITH held AS (
  SELECT id, questions, orders FROM exams_attempt
  WHERE id = %s AND agency_id = %s AND submitted_at IS NULL AND ends_at >= %s
  FOR KEY SHARE
)
INSERT INTO exams_answer AS known (attempt_id, number, agency_id, question_id, choice, seq, saved_at)
SELECT held.id, given.number, %s, held.questions[given.number],
       substr(held.orders[given.number], given.shown + 1, 1)::smallint, given.seq, %s
FROM held, unnest(%s::smallint[], %s::smallint[], %s::int[]) AS given(number, shown, seq)
WHERE given.shown BETWEEN 0 AND length(held.orders[given.number]) - 1
ON CONFLICT (attempt_id, number) DO UPDATE
  SET choice = EXCLUDED.choice, seq = EXCLUDED.seq, saved_at = EXCLUDED.saved_at
  WHERE known.seq < EXCLUDED.seq
RETURNING number
"""
"""``FOR KEY SHARE`` waits for whoever hands the attempt in, and lets them wait: no answer is saved after the mark."""

MOST_SEQ = 2_000_000_000
MOST_LATE = 1000
"""Answers that are kept aside of one attempt: its token still opens this far when the time is over, and no further."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a phone gives it: place on the paper (from 1), the choice as shown (from 0), its turn."""

    number: int
    shown: int
    seq: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of answers: ``saved`` are committed. ``other`` tells, for those that are not, what stands instead.

    ``over`` says that the time was over or the attempt handed in: then ``late`` ones are kept aside, not marked.
    """

    saved: frozenset[int]
    other: dict[int, tuple[int, int]]
    late: frozenset[int] = frozenset()
    over: bool = False


def save_answer(*, attempt: UUID, given: Sequence[Given], by: Actor, at: datetime) -> Kept:
    """Save answers to questions of an attempt, each once; the later ``seq`` of a question wins.

    One statement that commits by itself: outside of a transaction ``saved`` is on disk when this returns. Whoever
    calls has made sure that the attempt is that of ``by`` (``web.tokens``). Two million rows have no line of audit
    each: the row is the record, and handing in is in the trail.
    """
    last = {one.number: one for one in sorted(given, key=lambda one: one.seq) if _is_sane(one)}
    numbers, shown, seqs = list(last), [one.shown for one in last.values()], [one.seq for one in last.values()]
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [attempt, by.agency, at, by.agency, at, numbers, shown, seqs])
        saved = frozenset(number for (number,) in cursor.fetchall())
    if len(saved) == len(last):
        return Kept(saved, {})
    return _explained(attempt, [one for number, one in last.items() if number not in saved], saved, by, at)


def _is_sane(one: Given) -> bool:
    return 0 < one.number < 1000 and 0 <= one.shown < 10 and 0 < one.seq <= MOST_SEQ


def _explained(attempt: UUID, missed: Sequence[Given], saved: frozenset[int], by: Actor, at: datetime) -> Kept:
    """Why answers were not saved: given already, overtaken by another phone, too late, or to nothing."""
    row = own_attempts(by).filter(pk=attempt).first()
    if row is None:
        raise Unseen
    known = {number: (choice, seq) for number, choice, seq in _answers(row)}
    stands = {number: (_place(row, number, choice), seq) for number, (choice, seq) in known.items()}
    same = {one.number for one in missed if stands.get(one.number) == (one.shown, one.seq)}
    rest = [one for one in missed if one.number not in same]
    over = row.submitted_at is not None or row.ends_at < at
    late = _keep_late(row, rest, by, at) if over else frozenset()
    other = {one.number: stands.get(one.number, (-1, 0)) for one in rest}
    return Kept(saved | same, other, late, over)


def _answers(row: Attempt) -> "Sequence[tuple[int, int, int]]":
    return list(Answer.objects.filter(attempt=row).values_list("number", "choice", "seq"))


def _place(row: Attempt, number: int, choice: int) -> int:
    """Where a choice stands as it is shown."""
    return row.orders[number - 1].index(str(choice))


def _keep_late(row: Attempt, given: Sequence[Given], by: Actor, at: datetime) -> frozenset[int]:
    """Keep aside what came in too late, as far as it answers something."""
    room = MOST_LATE - LateAnswer.objects.filter(attempt=row).count()
    if room <= 0:
        return frozenset()
    fits = [
        one for one in given[:room] if one.number <= len(row.orders) and one.shown < len(row.orders[one.number - 1])
    ]
    LateAnswer.objects.bulk_create(
        (
            LateAnswer(
                agency_id=by.agency, attempt=row, number=one.number, seq=one.seq, came_at=at, told_at=one.at,
                choice=int(row.orders[one.number - 1][one.shown]),
            )
            for one in fits
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return frozenset(one.number for one in fits)

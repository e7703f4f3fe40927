"""Fills a throw-away installation with people who learn: the demo city, then by SQL as many people, cohorts and answers
as asked. ``filled`` runs it in a process of its own, so that whoever measures is no part of the installation.

The one generator of this size: ``bench --circle`` and ``answers`` both use it.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.perf.tree import ROOT, Tree

CITY, QUIZ, COHORT, COURSE = "teluk-kawung", "kuis-pktbt", "pktbt-2", "pelayanan-prima"
SHOWN, CHOICES, SEATS = 20, 4, 52

PEOPLE = """
WITH old AS (
  SELECT p.id, row_number() OVER (ORDER BY p.id) AS place, count(*) OVER () AS many
  FROM people_person p JOIN people_placement t ON t.person_id = p.id AND t.is_main AND t.valid_to IS NULL
  WHERE p.agency_id = %(agency)s AND p.status = 'active' AND p.nip IS NOT NULL),
copied AS (
  SELECT gen_random_uuid() AS id, old.id AS like_id, n
  FROM generate_series(1, %(people)s) n JOIN old ON old.place = 1 + n %% old.many),
made AS (
  INSERT INTO people_person (id, agency_id, kind, name, birth_place, sex, golongan, education, email, phone,
                             institution, status)
  SELECT c.id, p.agency_id, 'external', p.name || ' ' || c.n, '', p.sex, '', p.education, '', '', 'Uji', 'active'
  FROM copied c JOIN people_person p ON p.id = c.like_id RETURNING id),
placed AS (
  INSERT INTO people_placement (id, agency_id, person_id, unit_id, position_id, title, is_main, valid_from)
  SELECT gen_random_uuid(), t.agency_id, c.id, t.unit_id, t.position_id, t.title, true, t.valid_from
  FROM copied c JOIN people_placement t ON t.person_id = c.like_id AND t.is_main AND t.valid_to IS NULL RETURNING id),
found AS (
  INSERT INTO competence_assessment (id, agency_id, person_id, competency_id, kind, level, "on", valid_until)
  SELECT gen_random_uuid(), a.agency_id, c.id, a.competency_id, a.kind, a.level, a."on", a.valid_until
  FROM copied c JOIN competence_assessment a ON a.person_id = c.like_id RETURNING id)
SELECT id FROM made, (SELECT count(*) FROM placed) p, (SELECT count(*) FROM found) f
"""
COHORTS = """
WITH like_it AS (SELECT * FROM programmes_cohort WHERE agency_id = %(agency)s AND code = %(cohort)s),
made AS (
  INSERT INTO programmes_cohort (id, agency_id, type_id, code, title, scheme, seats, first_day, last_day, place, state,
                                 service_id, competencies)
  SELECT gen_random_uuid(), agency_id, type_id, code || '-' || n, title || ' ' || n, scheme, seats,
         first_day - n, last_day - n, place, state, service_id, competencies
  FROM like_it, generate_series(1, %(cohorts)s) n RETURNING id, agency_id),
numbered AS (SELECT id, agency_id, row_number() OVER () AS number FROM made)
INSERT INTO programmes_participant (id, agency_id, cohort_id, person_id, origin, institution, standing, joined_at,
                                    reason, predicate)
SELECT gen_random_uuid(), c.agency_id, c.id, (%(people)s::uuid[])[1 + (c.number * %(seats)s + s) %% %(many)s],
       'agency', '', 'enrolled', now(), '', ''
FROM numbered c, generate_series(1, %(seats)s) s ON CONFLICT DO NOTHING
"""
PAST = """
WITH asked AS (SELECT array_agg(id ORDER BY number) AS ids FROM exams_question WHERE quiz_id = %(quiz)s),
made AS (
  INSERT INTO exams_attempt (id, agency_id, quiz_id, person_id, number, started_at, ends_at, questions, orders,
                             submitted_at, by_clock, score, "right")
  SELECT gen_random_uuid(), %(agency)s, %(quiz)s, person, number, now() - interval '90 days',
         now() - interval '89 days', asked.ids, array_fill('2013'::varchar, ARRAY[%(shown)s]),
         now() - interval '90 days', false, 50, 10
  FROM unnest(%(people)s::uuid[]) person, generate_series(1, %(each)s) number, asked RETURNING id, questions)
INSERT INTO exams_answer (attempt_id, number, agency_id, question_id, choice, seq, saved_at)
SELECT made.id, n, %(agency)s, made.questions[n], n %% 4, n, now() - interval '90 days'
FROM made, generate_series(1, %(shown)s) n
"""
RUNNING = """
INSERT INTO exams_attempt (id, agency_id, quiz_id, person_id, number, started_at, ends_at, questions, orders, by_clock)
SELECT gen_random_uuid(), %(agency)s, %(quiz)s, person, 100, now(), now() + interval '6 hours',
       (SELECT array_agg(id ORDER BY number) FROM exams_question WHERE quiz_id = %(quiz)s),
       array_fill('2013'::varchar, ARRAY[%(shown)s]), false
FROM unnest(%(people)s::uuid[]) person RETURNING id
"""
ORDER = "2013"
"""In which order the choices of each question are shown."""


@dataclass(frozen=True)
class Size:
    """How much there is: civil servants, cohorts of 52, answers of the past, people who take a quiz now."""

    people: int = 20_000
    cohorts: int = 200
    answers: int = 2_000_000
    takers: int = 2_000
    scale: float = 0.02

    def words(self) -> str:
        return f"{self.people:,} people, {self.cohorts} cohorts, {self.answers:,} answers, {self.takers:,} takers"


@dataclass(frozen=True)
class Learners:
    """What is there now: attempts with their tokens, the cookies of those who look, the year of the plan."""

    attempts: list[tuple[str, str]]
    cookies: dict[str, dict[str, str]]
    year: int
    board: bool


def filled(tree: Tree, size: Size) -> Learners:
    """Fill the installation of a running tree."""
    command = [sys.executable, "-m", "tests.perf.learners"]
    for name in ("people", "cohorts", "answers", "takers", "scale"):
        command += [f"--{name}", str(getattr(size, name))]
    done = subprocess.run(command, cwd=ROOT, env=tree.environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the installation could not be filled:\n{done.stderr[-3000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Learners([(one, token) for one, token in told["attempts"]], told["cookies"], told["year"], told["board"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Within the installation: the demo, then people, cohorts and answers; prints what ``Learners`` holds."""
    parser = argparse.ArgumentParser()
    for name in ("people", "cohorts", "answers", "takers"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size, name))
    parser.add_argument("--scale", type=float, default=Size.scale)
    wish = parser.parse_args(arguments)
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    import django

    django.setup()
    from lingkar.foundation.access import Actor
    from lingkar.foundation.tenancy.models import Agency
    from lingkar.foundation.tenancy.queries import agency_scope
    from lingkar.loop.needs.services import compute
    from lingkar.site.demo.load import load

    at = datetime.now(UTC)
    load(at=at, scale=wish.scale)
    agency = Agency.objects.get(code=CITY).pk
    with agency_scope(agency):
        attempts = _rows(agency, wish)
        compute(by=Actor.system(agency), at=at)
        told = {"attempts": attempts, "cookies": _signed_in(agency, at), "year": at.year + 1, "board": _has_board()}
    print(json.dumps(told))


def _rows(agency: Any, wish: argparse.Namespace) -> list[tuple[str, str]]:
    """People like those of the demo, cohorts of them, what they answered, and who takes the quiz now."""
    from django.db import connection

    from lingkar.grow.exams.models import Quiz
    from lingkar.grow.exams.web.tokens import token_for

    given: dict[str, Any] = {"agency": agency, "quiz": Quiz.objects.get(code=QUIZ).pk, "shown": SHOWN}
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, given | {"people": max(wish.people, wish.takers)})
        people = [row[0] for row in cursor.fetchall()]
        many = {"people": people, "many": len(people), "seats": SEATS, "cohort": COHORT, "cohorts": wish.cohorts}
        if wish.cohorts:
            cursor.execute(COHORTS, given | many)
        each = max(1, wish.answers // (SHOWN * len(people)))
        cursor.execute(PAST, given | {"people": people, "each": each})
        print(f"{len(people)} people, {cursor.rowcount} answers of the past", file=sys.stderr)
        cursor.execute(RUNNING, given | {"people": people[: wish.takers]})
        attempts = [row[0] for row in cursor.fetchall()]
        cursor.execute("VACUUM ANALYZE")
    return [(str(one), token_for(one, agency=agency, account=uuid4())) for one in attempts]


def _signed_in(agency: Any, at: datetime) -> dict[str, dict[str, str]]:
    """The participant of the demo in the midst of the quiz, and the training administrator: their cookies."""
    from django.conf import settings

    from lingkar.directory.people.models import Account, RoleGrant
    from lingkar.directory.people.queries import actor_for
    from lingkar.foundation.access import Actor
    from lingkar.grow.courses.models import Course
    from lingkar.grow.courses.services import enrol_many
    from lingkar.grow.exams.services import open_attempt
    from lingkar.grow.programmes.models import Participant
    from lingkar.site.demo.city import PARTICIPANT
    from tests.perf.installation import session_of

    learner = Account.objects.get(nip=PARTICIPANT.nip)
    person = Participant.objects.filter(person__account=learner).values_list("person", flat=True)[0]
    course = Course.objects.get(code=COURSE).pk
    enrol_many(course=course, people=[person], source="bench", by=Actor.system(agency), at=at)
    open_attempt(code=QUIZ, by=actor_for(learner, day=at.date()), at=at)
    office = RoleGrant.objects.filter(role="training").select_related("account").order_by("account__email").first()
    assert office is not None  # of the demo
    return {
        name: {settings.SESSION_COOKIE_NAME: session_of(who)}
        for name, who in (("learner", learner), ("office", office.account))
    }


def _has_board() -> bool:
    from django.urls import Resolver404, resolve

    try:
        resolve("/lingkar/")
    except Resolver404:
        return False
    return True


if __name__ == "__main__":
    main()

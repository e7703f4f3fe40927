"""The solver against trying everything, and against an independent checker."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random
from uuid import UUID

import pytest

from lingkar.loop.planning.optimiser import solve
from lingkar.loop.planning.rules import Candidate, Course, Problem, Rule, Why, broken, steps, value_of, why_not

DAY = date(2026, 3, 2)
CODES = ("public_service", "communication", "teamwork")


def person(number, unit=1, gaps=None, **more):
    return Candidate(UUID(int=number), UUID(int=900 + unit), gaps or {"public_service": (1, 2)}, **more)


def run(number, *, code="public_service", level=2, least=1, most=2, hours=10, cost=10, first=0, days=2, source="APBD"):
    begins = DAY + timedelta(days=first)
    ends = begins + timedelta(days=days - 1)
    return Course(UUID(int=500 + number), code, level, least, most, Decimal(hours), cost, source, begins, ends)


def problem(people, runs, **more):
    told = {"budgets": {"APBD": 1000}, "staff": {p.unit: 100 for p in people}} | more
    return Problem(people, runs, **told)


def test_of_a_unit_exactly_the_share_may_be_away():
    it = problem([person(1)], [run(1)], staff={UUID(int=901): 100}, share=Decimal("0.29"))
    assert it.away(UUID(int=901)) == 29, "0.29 × 100 is 28.999… as a float"


def drawn(random):
    """A small random problem with every kind of rule in it."""
    people = [
        person(
            number + 1,
            random.randint(1, 2),
            {code: (low := random.randint(0, 2), low + random.randint(1, 2)) for code in random.sample(CODES, 2)},
            counters=((random.randint(1, 2)),) if random.random() < 0.6 else (),
            hours=Decimal(random.choice([0, 10])),
            cap=Decimal(24) if random.random() < 0.3 else None,
        )
        for number in range(random.randint(2, 4))
    ]
    runs = [
        run(
            number,
            code=random.choice(CODES),
            level=random.randint(1, 4),
            least=random.randint(1, 2),
            most=random.randint(2, 3),
            hours=random.choice([8, 16]),
            cost=random.choice([10, 20, 40]),
            first=random.randint(0, 3),
            source=random.choice(["APBD", "BLUD"]),
        )
        for number in range(random.randint(1, 3))
    ]
    return problem(
        people,
        runs,
        budgets={"APBD": random.choice([0, 30, 60]), "BLUD": 40},
        staff={UUID(int=901): random.choice([5, 20, 30]), UUID(int=902): 30},
        desks={1: random.randint(1, 3), 2: 3},
        weights={(UUID(int=901), code): random.choice([0.5, 1.0, 2.0]) for code in CODES},
    )


def best_of_all(it):
    """Every plan tried; the most that one without a broken rule is worth."""
    pairs = [(p.id, r.id) for p in it.people for r in it.runs if steps(p, r)]
    best = 0.0
    for size in range(len(pairs) + 1):
        for chosen in combinations(pairs, size):
            if not broken(it, chosen):
                best = max(best, value_of(it, chosen))
    return best


def test_small_cases_equal_trying_everything():
    random = Random(7)
    for _number in range(40):
        it = drawn(random)
        found = solve(it)
        assert broken(it, found.pairs) == []
        assert found.value == pytest.approx(best_of_all(it), abs=0.01)
        assert found.value <= found.bound + 1e-6


def test_larger_cases_break_no_rule():
    random = Random(11)
    for _number in range(15):
        people = [p for _n in range(6) for p in drawn(random).people]
        people = [
            Candidate(UUID(int=n + 1), p.unit, p.gaps, p.counters, p.hours, None, p.cap) for n, p in enumerate(people)
        ]
        runs = [run(n, code=random.choice(CODES), level=3, most=5, first=random.randint(0, 9)) for n in range(6)]
        it = problem(people, runs, budgets={"APBD": 40}, desks={1: 4, 2: 4})
        found = solve(it)
        assert broken(it, found.pairs) == []
        assert found.gap < 0.01


def test_the_checker_finds_every_kind_of_fault():
    """A planted fault of each kind is found: a checker that cannot fail proves nothing."""
    people = [person(n, cap=Decimal(15), counters=("loket",)) for n in (1, 2, 3)]
    runs = [run(1, most=2, least=2), run(2, cost=2000, first=1)]
    it = problem(people, runs, staff={people[0].unit: 10}, desks={"loket": 3})
    everybody = [(p.id, r.id) for p in people for r in runs]
    assert {fault.rule for fault in broken(it, everybody)} == {
        Rule.SEATS, Rule.BUDGET, Rule.CLASH, Rule.CAP, Rule.ABSENCE, Rule.COUNTER,
    }  # fmt: skip
    able = person(9, gaps={"teamwork": (1, 2)})
    assert broken(problem([able], runs), [(able.id, runs[0].id)])[0].rule == Rule.SEATS
    assert Rule.ELIGIBLE in {fault.rule for fault in broken(problem([able], runs), [(able.id, runs[0].id)])}


def test_the_needed_gap_goes_first():
    people = [person(1, 1), person(2, 2)]
    weights = {(people[1].unit, "public_service"): 3.0}
    found = solve(problem(people, [run(1, most=1)], weights=weights))
    assert found.pairs == {(people[1].id, UUID(int=501))}
    assert found.value == pytest.approx(3)
    assert found.bound == pytest.approx(3, abs=0.01)


def test_a_level_counts_once_and_the_second_is_worth_half():
    who = person(1, gaps={"public_service": (1, 3)})
    runs = [run(1, level=2), run(2, level=3, first=5), run(3, level=3, first=9)]
    assert value_of(problem([who], runs), [(who.id, r.id) for r in runs]) == pytest.approx(1.5)
    assert len(solve(problem([who], runs)).pairs) >= 1


def test_hours_reach_the_target_where_they_can():
    who = person(1, gaps={"public_service": (1, 2), "teamwork": (1, 2)}, target=Decimal(20))
    runs = [run(1), run(2, code="teamwork", first=5), run(3, first=9)]
    found = solve(problem([who], runs))
    assert found.targets_kept
    assert len(found.pairs) >= 2
    short = solve(problem([who], runs[:1]))
    assert len(short.pairs) == 1
    assert not short.targets_kept


def test_a_cap_is_a_cap_and_not_a_target():
    who = person(1, gaps={"public_service": (1, 2), "teamwork": (1, 2)}, cap=Decimal(24), hours=Decimal(10))
    found = solve(problem([who], [run(1), run(2, code="teamwork", first=5)]))
    assert len(found.pairs) == 1


def test_the_last_of_a_counter_stays():
    who = person(1, counters=("loket",))
    it = problem([who], [run(1)], desks={"loket": 1})
    assert solve(it).pairs == frozenset()
    assert why_not(it, who, it.runs[0], []) == Why.NOT_HELD


def test_without_money_nothing_is_held_and_nothing_breaks():
    found = solve(problem([person(1)], [run(1)], budgets={}))
    assert (found.pairs, found.value, found.collide) == (frozenset(), 0.0, ())
    assert solve(problem([], [])).pairs == frozenset()


def test_decisions_that_cannot_be_kept_say_which_rules_collide():
    who = person(1, counters=("loket",))
    it = problem([who], [run(1, cost=5000)], desks={"loket": 5}, fixed={(who.id, UUID(int=501)): True})
    found = solve(it)
    assert found.collide == (Rule.BUDGET,)
    stays = problem([who], [run(1)], fixed={(who.id, UUID(int=501)): False})
    assert solve(stays).pairs == frozenset()


def test_why_somebody_does_not_go():
    people = [person(1), person(2)]
    it = problem(people, [run(1, most=1)])
    assert why_not(it, people[1], it.runs[0], {(people[0].id, UUID(int=501))}) == Why.FULL
    assert why_not(it, people[1], it.runs[0], set()) == Why.NOT_HELD


def test_a_run_for_those_who_serve_is_for_nobody_else():
    people = [person(1), person(2)]
    only = replace(run(1), people=frozenset({people[1].id}))
    assert solve(problem(people, [only])).pairs == {(people[1].id, only.id)}

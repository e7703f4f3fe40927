"""The best plan, exactly: a program in whole numbers, solved by HiGHS (decision 0190).

Variables: x[person, run] goes (0/1), h[run] is held (0/1), z[person, competency, level] is closed (0–1, whole by
itself). Maximise Σ worth·z + a little for each hour up to the target, subject to the rules of ``rules.broken``.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from math import inf
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.loop.planning.rules import Candidate, Course, Pair, Problem, Rule, overlapping, steps, value_of, worth

if TYPE_CHECKING:
    import highspy

HOUR = 1e-4
"""What an hour towards the target is worth beside a level closed: it decides among plans that close the same."""
SECONDS = 20.0
ALL = frozenset(Rule)


@dataclass(frozen=True)
class Solution:
    """The best plan: its pairs, what it closes, the proven bound, and whether every target of hours was kept.

    ``collide``: rules that cannot be kept together with what was decided by hand; the plan is then empty. So it is when
    the time ``ran_out`` before any plan was found: whoever has one keeps it.
    """

    pairs: frozenset[Pair]
    value: float
    bound: float
    targets_kept: bool
    collide: tuple[Rule, ...] = ()
    ran_out: bool = False

    @property
    def gap(self) -> float:
        """How far the plan may lie below the best one, as a share of the bound."""
        return max(0.0, (self.bound - self.value) / self.bound) if self.bound > 0 else 0.0


def solve(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The best plan. Everybody with a target reaches it where that is possible for all of them; else hours are only
    preferred. Where decisions made by hand cannot be kept, it says which rules collide; where the ``seconds`` end
    before anything is found, that they did.
    """
    reachable = _reachable(problem)
    found: tuple[frozenset[Pair], float] | Nothing = Nothing.IMPOSSIBLE
    for targets in (reachable, frozenset[UUID]()) if reachable else (frozenset[UUID](),):
        found = _attempt(problem, ALL, targets, seconds)
        if not isinstance(found, Nothing):
            pairs, bound = found
            value = value_of(problem, pairs)
            return Solution(pairs, value, max(value, bound), bool(targets) or not _with_target(problem))
    if found is Nothing.IN_TIME:
        return Solution(frozenset(), 0.0, 0.0, targets_kept=False, ran_out=True)
    return Solution(frozenset(), 0.0, 0.0, targets_kept=False, collide=collision(problem, seconds=seconds))


def collision(problem: Problem, *, seconds: float = SECONDS) -> tuple[Rule, ...]:
    """A smallest set of rules that cannot be kept together with the decisions made by hand: each is left
    out in turn.
    """
    kept = ALL
    for rule in Rule:
        if _attempt(problem, kept - {rule}, frozenset(), seconds) is Nothing.IMPOSSIBLE:
            kept -= {rule}
    return tuple(rule for rule in Rule if rule in kept)


def _with_target(problem: Problem) -> list[Candidate]:
    return [person for person in problem.people if person.target is not None]


def _reachable(problem: Problem) -> frozenset[UUID]:
    """People whose hours could reach the target if they went to everything that closes a gap."""
    found = set()
    for person in _with_target(problem):
        possible = sum(run.hours for run in problem.runs if steps(person, run))
        if person.target is not None and person.hours < person.target <= person.hours + possible:
            found.add(person.id)
    return frozenset(found)


class Nothing(Enum):
    """Why no plan was found."""

    IMPOSSIBLE = auto()  # nothing keeps all rules
    IN_TIME = auto()  # there may be one


@dataclass
class Program:
    """Rows and columns as HiGHS takes them."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, list[int], list[float]]] = field(default_factory=list)

    def column(self, worth: float = 0.0, *, whole: bool = True, low: float = 0.0, high: float = 1.0) -> int:
        self.cost.append(worth)
        self.lower.append(low)
        self.upper.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Iterable[tuple[int, float]], *, low: float = -inf, high: float) -> None:
        pairs = list(terms)
        if pairs:
            self.rows.append((low, high, [column for column, _v in pairs], [value for _c, value in pairs]))

    def best(self, seconds: float) -> "tuple[list[float], float] | Nothing":
        """The values of the columns and the proven bound; or why there are none."""
        import highspy  # with numpy: whoever never plans starts without them

        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("time_limit", seconds)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", 1e-6)
        solver.passModel(self._model())
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status != 2:  # feasible
            ran_out = solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
            return Nothing.IN_TIME if ran_out else Nothing.IMPOSSIBLE
        return list(solver.getSolution().col_value), float(info.mip_dual_bound)

    def _model(self) -> "highspy.HighsLp":
        import highspy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_, model.col_lower_, model.col_upper_ = self.cost, self.lower, self.upper
        model.row_lower_ = [row[0] for row in self.rows]
        model.row_upper_ = [row[1] for row in self.rows]
        model.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous for whole in self.whole
        ]
        starts = [0]
        for row in self.rows:
            starts.append(starts[-1] + len(row[2]))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = [column for row in self.rows for column in row[2]]
        model.a_matrix_.value_ = [value for row in self.rows for value in row[3]]
        return model


def _attempt(
    problem: Problem, kept: Collection[Rule], targets: frozenset[UUID], seconds: float
) -> tuple[frozenset[Pair], float] | Nothing:
    """The best plan that keeps the rules ``kept`` and brings ``targets`` to their hours, with its bound."""
    model = Program()
    goes = _columns(model, problem, kept)
    held = {run.id: model.column() for run in problem.runs}
    _closing(model, problem, goes)
    _hours(model, problem, goes, targets, kept)
    runs = {run.id: run for run in problem.runs}
    for run in problem.runs:
        seats = [(column, 1.0) for (_who, which), column in goes.items() if which == run.id]
        many = run.most if Rule.SEATS in kept else max(1, len(seats))
        model.row([*seats, (held[run.id], -float(many))], high=0.0)
        if Rule.SEATS in kept:
            model.row([*seats, (held[run.id], -float(run.least))], low=0.0, high=inf)
    if Rule.BUDGET in kept:
        for source in {run.source for run in problem.runs}:
            spent = [(held[run.id], float(run.cost)) for run in problem.runs if run.source == source]
            model.row(spent, high=float(problem.budgets.get(source, 0)))
    _days(model, problem, goes, runs, kept)
    found = model.best(seconds)
    if isinstance(found, Nothing):
        return found
    values, bound = found
    return frozenset(pair for pair, column in goes.items() if values[column] > 0.5), bound


def _columns(model: Program, problem: Problem, kept: Collection[Rule]) -> dict[Pair, int]:
    """One column for each person and run that closes something, or was decided by hand."""
    goes: dict[Pair, int] = {}
    for person in problem.people:
        for run in problem.runs:
            decided = problem.fixed.get((person.id, run.id))
            useful = bool(steps(person, run)) or (decided and Rule.ELIGIBLE not in kept)
            if useful or decided:
                high = 0.0 if decided is False or not useful else 1.0
                goes[person.id, run.id] = model.column(low=1.0 if decided else 0.0, high=high)
    return goes


def _closing(model: Program, problem: Problem, goes: Mapping[Pair, int]) -> None:
    """A level is closed when somebody goes to a run that reaches it; it counts once."""
    for person in problem.people:
        by_level: dict[tuple[str, int], list[int]] = {}
        for run in problem.runs:
            if (person.id, run.id) in goes:
                for level in steps(person, run):
                    by_level.setdefault((run.competency, level), []).append(goes[person.id, run.id])
        for (code, level), columns in by_level.items():
            closed = model.column(worth(person, code, level, problem.weights), whole=False)
            model.row([(closed, 1.0), *((column, -1.0) for column in columns)], high=0.0)


def _hours(
    model: Program, problem: Problem, goes: Mapping[Pair, int], targets: frozenset[UUID], kept: Collection[Rule]
) -> None:
    """Hours: a cap where there is one; towards a target each hour is worth a little, or must be there."""
    for person in problem.people:
        terms = [(goes[person.id, run.id], float(run.hours)) for run in problem.runs if (person.id, run.id) in goes]
        if person.cap is not None and Rule.CAP in kept:
            model.row(terms, high=max(0.0, float(person.cap - person.hours)))
        if person.target is not None and person.target > person.hours:
            missing = float(person.target - person.hours)
            counted = model.column(HOUR, whole=False, high=missing, low=missing if person.id in targets else 0.0)
            model.row([(counted, 1.0), *((column, -hours) for column, hours in terms)], high=0.0)


def _days(
    model: Program, problem: Problem, goes: Mapping[Pair, int], runs: Mapping[UUID, Course], kept: Collection[Rule]
) -> None:
    """On no day somebody at two runs, too many of a unit away, or nobody at a counter."""
    for together in overlapping(runs.values()):
        units: dict[UUID, list[tuple[int, float]]] = {}
        desks: dict[Hashable, list[tuple[int, float]]] = {}
        for person in problem.people:
            terms = [(goes[person.id, run], 1.0) for run in together if (person.id, run) in goes]
            if Rule.CLASH in kept and len(terms) > 1:
                model.row(terms, high=1.0)
            units.setdefault(person.unit, []).extend(terms)
            for desk in person.counters:
                desks.setdefault(desk, []).extend(terms)
        limits = [(Rule.ABSENCE, terms, problem.away(unit)) for unit, terms in units.items()]
        limits += [(Rule.COUNTER, terms, problem.desks.get(desk, len(terms) + 1) - 1) for desk, terms in desks.items()]
        for rule, terms, most in limits:
            if rule in kept:
                model.row(terms, high=float(most))

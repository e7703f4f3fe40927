"""Rows of who goes and who stays."""

from lingkar.loop.planning import rules
from lingkar.loop.planning.models import Assignment, Plan
from lingkar.loop.planning.queries import Material


def place(plan: Plan, material: Material, pair: rules.Pair, **more: bool | str) -> Assignment:
    """Somebody in a run, with what it closes; not yet saved."""
    person, course = material.person(pair[0]), material.course(pair[1])
    attained = person.gaps.get(course.competency, (0, 0))[0]
    return Assignment(
        agency_id=plan.agency_id,
        person_id=pair[0],
        run_id=pair[1],
        attained=attained,
        closes=max(rules.steps(person, course), default=attained),
        **more,
    )

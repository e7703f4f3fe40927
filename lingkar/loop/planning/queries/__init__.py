"""Questions about plans; those without ``by`` are for modules above."""

from lingkar.loop.planning.queries.going import Assigned, Goer, TeamPlace, assigned, goers, of_team
from lingkar.loop.planning.queries.material import Material, material_of
from lingkar.loop.planning.queries.plans import (
    ForService,
    Place,
    PlanLine,
    RunLine,
    budgets_of,
    for_services,
    left_out_of,
    next_draft,
    places_of,
    plan_for,
    plan_of,
    plans,
    run_in,
    runs_of,
)
from lingkar.loop.planning.queries.suggested import (
    Outline,
    State,
    Suggested,
    outline_of,
    suggestion_for,
    suggestions,
)

__all__ = (
    "Assigned",
    "ForService",
    "Goer",
    "Material",
    "Outline",
    "Place",
    "PlanLine",
    "RunLine",
    "State",
    "Suggested",
    "TeamPlace",
    "assigned",
    "budgets_of",
    "for_services",
    "goers",
    "left_out_of",
    "material_of",
    "next_draft",
    "of_team",
    "outline_of",
    "places_of",
    "plan_for",
    "plan_of",
    "plans",
    "run_in",
    "runs_of",
    "suggestion_for",
    "suggestions",
)

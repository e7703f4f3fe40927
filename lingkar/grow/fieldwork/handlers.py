"""What follows here when something happened elsewhere."""

from lingkar.act.projects.events import ProjectReviewed
from lingkar.foundation.access import Actor
from lingkar.foundation.events.bus import on
from lingkar.grow.fieldwork import services
from lingkar.grow.programmes.events import CohortClosed, DutiesChanged


@on(ProjectReviewed)
def mark_the_participant(fact: ProjectReviewed) -> None:
    """The mean of the judgements in a part becomes the mark of its component, given by whoever judged last."""
    by = Actor(agency=fact.agency, person=fact.by)  # a duty is a row: nobody's roles are asked
    services.keep_mark(project=fact.project, part=fact.part, by=by, at=fact.at)


@on(CohortClosed)
def close_the_projects(fact: CohortClosed) -> None:
    """Nothing changes any more once a meeting decided about somebody."""
    services.close_projects(cohort=fact.cohort, by=Actor.system(fact.agency), at=fact.at)


@on(DutiesChanged)
def name_the_reviewers(fact: DutiesChanged) -> None:
    """Whoever guides a participant today judges the project."""
    services.follow_duties(cohort=fact.cohort, by=Actor.system(fact.agency), at=fact.at)

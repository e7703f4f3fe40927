"""What follows here when something happened to a report."""

from lingkar.foundation.access import Actor
from lingkar.foundation.events.bus import on
from lingkar.grow.fieldwork import services as fieldwork
from lingkar.listen.reports.events import ReportHidden


@on(ReportHidden)
def take_it_back(fact: ReportHidden) -> None:
    """Words that everybody could read are offered for learning; once they are not public, they are nowhere."""
    fieldwork.withdraw_case(key=fact.report, by=Actor.system(fact.agency), at=fact.at)
